#!/bin/sh
# Adds to turnserver.conf what only this installation knows, in memory, and becomes the server. Read from the
# environment: TURN_HOST, TURN_SECRET, and TURN_PEERS, the addresses of the media servers with commas between.
set -eu
umask 077
made=${TURN_FOLDER:-/tmp}/turnserver.conf
{
  cat "${TURN_CONFIGURATION:-$(dirname "$0")/turnserver.conf}"
  echo "realm=$TURN_HOST"
  echo "static-auth-secret=$TURN_SECRET"
  for peer in $(echo "$TURN_PEERS" | tr ',' ' '); do
    echo "allowed-peer-ip=$peer"
  done
} >"$made"
exec turnserver -c "$made" "$@"
