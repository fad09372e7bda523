namespace Probity.Register;

/// <summary>The tables of views.db. All of it can be dropped at any time: it is made again from the ledger.</summary>
internal static class ViewSchema
{
    /// <summary>Raised whenever a table or the meaning of a column changes; views of another version are made again.</summary>
    public const long Version = 3;

    public const string Tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE record (source TEXT NOT NULL, record TEXT NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (record, source)) WITHOUT ROWID;
        CREATE TABLE organisation (
            no INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, record TEXT NOT NULL,
            name TEXT NOT NULL, type TEXT NOT NULL, address TEXT NOT NULL, postcode TEXT NOT NULL,
            authority TEXT NOT NULL, authority_code TEXT NOT NULL,
            outcome TEXT NOT NULL, label TEXT NOT NULL, score TEXT, status INTEGER NOT NULL, published TEXT NOT NULL, rated_on TEXT,
            dimensions TEXT NOT NULL, methodology TEXT NOT NULL, leaf BLOB NOT NULL);
        CREATE TABLE statement (no INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (no, idx)) WITHOUT ROWID;
        CREATE TABLE publication (idx INTEGER PRIMARY KEY);
        CREATE TABLE tally (kind TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE search USING fts5(name, place, facets, content='', contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 0');
        CREATE VIRTUAL TABLE search_words USING fts5vocab(search, col);
        """;

    /// <summary>While all is made at once: words are gathered in 64 MiB of memory before they are written, and written pieces are not merged.</summary>
    public const string ManyWordsAtOnce = "INSERT INTO search(search, rank) VALUES ('hashsize', 67108864); INSERT INTO search(search, rank) VALUES ('automerge', 0);";

    /// <summary>From then on: as FTS5 does by itself.</summary>
    public const string FewWordsAtOnce = "INSERT INTO search(search, rank) VALUES ('hashsize', 1048576); INSERT INTO search(search, rank) VALUES ('automerge', 4);";

    public const string Indexes = """
        CREATE INDEX IF NOT EXISTS organisation_id ON organisation (id, leaf);
        CREATE INDEX IF NOT EXISTS organisation_name ON organisation (name, no);
        CREATE INDEX IF NOT EXISTS organisation_authority ON organisation (authority_code, name, no);
        CREATE INDEX IF NOT EXISTS organisation_type ON organisation (type, name, no);
        CREATE INDEX IF NOT EXISTS organisation_outcome ON organisation (outcome, name, no);
        """;

    /// <summary>How many organisations have each value, counted in one pass.</summary>
    public const string Tallies = """
        DELETE FROM tally;
        CREATE TEMP TABLE part AS
            SELECT outcome, max(label) AS label, authority_code, max(authority) AS authority, type, status, count(*) AS count
            FROM organisation GROUP BY outcome, authority_code, type, status;
        INSERT INTO tally SELECT 'outcome', outcome, max(label), sum(count) FROM part GROUP BY outcome;
        INSERT INTO tally SELECT 'authority', authority_code, max(authority), sum(count) FROM part GROUP BY authority_code;
        INSERT INTO tally SELECT 'type', type, type, sum(count) FROM part GROUP BY type;
        INSERT INTO tally SELECT 'status', status, status, sum(count) FROM part GROUP BY status;
        DROP TABLE part;
        """;
}
