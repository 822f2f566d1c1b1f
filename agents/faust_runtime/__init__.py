"""The topology as Faust agents on Apache Kafka: the one folder that knows Faust.

worker.py     a process: one Faust app a stage, started and watched together
app.py        the Faust app of a stage: its settings, its agent, what happens when partitions come and go
lane.py       one partition of a stage: batches through the durability order
outbox.py     all that a process sends, in rounds, by one idempotent producer
turns.py      the thread in which steps run, those of later stages first
table.py      the state of a lane: restored, read from the local store, written through the changelog
changelog.py  the changelog of a lane
store.py      the local store of a stage, in which stale owners are left out
tables.py     Faust's table manager, with nothing left to restore
client.py     Faust's Kafka client, which hands over runs of records and begins where the state says
watchdog.py   what is noticed when Faust stands still
"""
