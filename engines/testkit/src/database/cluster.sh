# Starts a PostgreSQL cluster that lives as long as this script's standard input is open, which
# is as long as the test process lives: a pipe closes even after SIGKILL.
#   $1 folder for everything   $2 folder of the programs, "/"-terminated, or empty for PATH
#   $3 port   $4 password      $5 how to become another user, or nothing
# Says "ready" once connections are welcome; else its words are the reason.
trap '' INT TERM HUP PIPE
dir=$1 bin=$2 port=$3 become=$5
cd "$dir" || exit 1

printf '%s\n' "$4" > password
[ -z "$become" ] || chown -R postgres "$dir"

$become "${bin}initdb" -D data --no-sync --no-instructions -U testkit --pwfile=password \
    --auth=password --encoding=UTF8 --locale=C > start.log 2>&1 &&
$become "${bin}pg_ctl" -D data -l server.log -w -t 60 -o "-p $port -k $dir -h 127.0.0.1 \
    -c max_connections=200 -c shared_buffers=64MB -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off \
    -c log_min_messages=warning" start >> start.log 2>&1 &&
echo ready || { tail -n 5 start.log server.log 2>/dev/null; echo failed; }

# Nothing is ever written to the pipe: this waits for its end.
read -r _
$become "${bin}pg_ctl" -D data -m immediate stop > /dev/null 2>&1
cd / && rm -rf "$dir"
