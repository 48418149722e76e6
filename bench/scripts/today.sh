#!/bin/bash
# The same with curl and jq in a loop: today.sh URL JOB COUNT QUERY ARGUMENTS
url=$1 job=$2 count=$3 query=$4
shift 4

ask() { # ACTION PARAMS
    curl -s "$url" -d "{\"action\": \"$1\", \"version\": 6, \"params\": $2}"
}

text() { jq -Rn --arg text "$1" '$text'; } # as JSON

find() { ask "$1" "{\"query\": $(text "$2")}" | jq '.result[]'; }

case $job in
tag)
    mapfile -t items < <(find findNotes "$query")
    for id in "${items[@]:0:count}"; do
        ask addTags "{\"notes\": [$id], \"tags\": $(text "$1")}" >&2
    done ;;
move)
    mapfile -t items < <(find findCards "$query")
    for id in "${items[@]:0:count}"; do
        ask changeDeck "{\"cards\": [$id], \"deck\": $(text "$1")}" >&2
    done ;;
edit)
    mapfile -t items < <(find findNotes "$query")
    for id in "${items[@]:0:count}"; do
        back=$(ask notesInfo "{\"notes\": [$id]}" |
            jq --arg word "$1" '$word + " " + .result[0].fields.Back.value')
        ask updateNoteFields "{\"note\": {\"id\": $id, \"fields\": {\"Back\": $back}}}" >&2
    done ;;
add)
    mapfile -t items < <(tail -n +2 "$1" | tr -d '\r')
    for row in "${items[@]:0:count}"; do
        fields="{\"Front\": $(text "curl ${row%%,*}"), \"Back\": $(text "${row#*,}")}"
        note="{\"deckName\": $(text "$2"), \"modelName\": \"Basic\", \"fields\": $fields}"
        ask addNote "{\"note\": $note}" >&2
    done ;;
due)
    mapfile -t items < <(ask deckNames '{}' | jq -r '.result[]')
    for deck in "${items[@]:0:count}"; do
        echo "$deck $(find findCards "\"deck:$deck\" is:due" | wc -l)" >&2
    done ;;
media)
    items=("$@")
    for path in "${items[@]:0:count}"; do
        name=$(text "${path##*/}")
        ask storeMediaFile "{\"filename\": $name, \"path\": $(text "$path")}" >&2
    done ;;
where)
    mapfile -t items < <(find findCards 'deck:*')
    for id in "${items[@]:0:count}"; do
        ask cardsInfo "{\"cards\": [$id]}" |
            jq --arg text "$1" '.result[0] | select(.lapses > 4)
                | .fields.Front.value | select(contains($text))' >&2
    done ;;
esac
echo ${#items[@]}
