#!/bin/bash
# Creates the six topics. Their names, and the number of partitions, are those of io.showreel.contracts.Topics.
set -euo pipefail
for topic in job.commands storyboard.events scene.requests scene.events video.events job.events; do
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka:9092 --create --if-not-exists \
    --topic "$topic" --partitions 12 --replication-factor 1 --config retention.ms=604800000
done
