"""Collections of documents."""

from enum import Enum


class Ordering(Enum):
    """Orders."""

    ASCENDING = 1
    DESCENDING = -1


class Collection:
    """A collection."""

    def __init__(self, name):
        self.name = name
        self.documents = []
        self.indexes: dict[str, Ordering] = {}

    def insert_one(self, document):
        self.documents.append(document)
        return len(self.documents)

    def insert_many(self, documents):
        return [self.insert_one(d) for d in documents]

    def find(self, query=None):
        return list(self.documents)

    def find_one(self, query=None):
        return next(iter(self.find(query)), None)

    def create_index(self, key, order=Ordering.ASCENDING):
        self.indexes[key] = order


class CappedCollection(Collection):
    """Forgets."""

    limit = 100

    def insert_one(self, document):
        number = super().insert_one(document)
        del self.documents[: -self.limit]
        return number
