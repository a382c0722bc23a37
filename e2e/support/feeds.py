"""What feedparser, which half of the readers' programs are built on, makes of feeds: addresses in, JSON out."""

import json
import sys
import urllib.request

import feedparser

feedparser.RESOLVE_RELATIVE_URIS = False


def read(address):
    with urllib.request.urlopen(address) as answer:
        headers = {"content-type": answer.headers["content-type"], "content-location": address}
        feed = feedparser.parse(answer.read(), response_headers=headers)
    return {
        "address": address,
        "fault": str(feed.get("bozo_exception", "")) if feed.bozo else "",
        "version": feed.version,
        "encoding": feed.encoding,
        "title": feed.feed.get("title"),
        "description": feed.feed.get("subtitle"),
        "language": feed.feed.get("language"),
        "home": feed.feed.get("link"),
        "own": [link.href for link in feed.feed.get("links", []) if link.rel == "self"],
        "updated": bool(feed.feed.get("updated_parsed")),
        "entries": [entry(one) for one in feed.entries],
    }


def entry(one):
    return {
        "id": one.get("id"),
        "link": one.get("link"),
        "title": one.get("title"),
        "published": one.published_parsed[:6] if one.get("published_parsed") else None,
        "updated": one.updated_parsed[:6] if one.get("updated_parsed") else None,
        "authors": [author.get("name") for author in one.get("authors", [])],
        "tags": [tag.label or tag.term for tag in one.get("tags", [])],
        "summary": one.get("summary"),
        "content": [part.value for part in one.get("content", [])],
        "enclosures": [{"href": found.get("href"), "type": found.get("type")} for found in one.get("enclosures", [])],
    }


json.dump([read(address) for address in sys.argv[1:]], sys.stdout)
