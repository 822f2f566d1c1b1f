"""An invented world of six outlets, four developing stories and their known truth: demo input and test fixture."""
