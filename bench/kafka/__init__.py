"""How fast the runtime on Apache Kafka is, beside Faust alone and the in-process runtime: see `__main__`."""
