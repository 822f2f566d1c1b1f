"""The topology as Faust agents on Apache Kafka: the one folder that knows Faust.

worker.py     a process: one Faust app a stage, started and watched together
app.py        the Faust app of a stage: its settings, its agent, what happens when partitions come and go
lane.py       one partition of a stage: batches through the durability order
table.py      the state of a lane: read from the local store, written through the changelog
store.py      the local store, restored from the changelog with stale owners left out
client.py     Faust's Kafka client, with an idempotent producer and positions that the state decides
watchdog.py   what is noticed when Faust stands still
"""
