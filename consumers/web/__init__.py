"""A read-only web page over the log: stories, past versions, articles, and what is new as it comes."""
