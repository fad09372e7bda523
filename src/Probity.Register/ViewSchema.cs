namespace Probity.Register;

/// <summary>
/// The tables of views.db. All of it can be dropped at any time: it is made again from the ledger. A record has a number, and so has an organisation: that
/// of the record that founded it. Statements stand under their record's number; <c>member</c> says which records belong to another number.
/// </summary>
internal static class ViewSchema
{
    /// <summary>Raised whenever a table or the meaning of a column changes; views of another version are made again.</summary>
    public const long Version = 8;

    public const string Tables = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE record (source TEXT NOT NULL, record TEXT NOT NULL, no INTEGER NOT NULL, PRIMARY KEY (record, source)) WITHOUT ROWID;
        CREATE TABLE organisation (
            no INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, record TEXT NOT NULL,
            name TEXT NOT NULL, type TEXT NOT NULL, address TEXT NOT NULL, postcode TEXT NOT NULL,
            authority TEXT NOT NULL, authority_code TEXT NOT NULL,
            outcome TEXT NOT NULL, label TEXT NOT NULL, score TEXT, status INTEGER NOT NULL, published TEXT NOT NULL, rated_on TEXT,
            dimensions TEXT NOT NULL, methodology TEXT NOT NULL, band_probability TEXT, leaf BLOB NOT NULL);
        CREATE TABLE statement (no INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (no, first)) WITHOUT ROWID;
        CREATE TABLE member (rno INTEGER PRIMARY KEY, no INTEGER NOT NULL, idx INTEGER NOT NULL);
        CREATE INDEX member_no ON member (no, rno);
        CREATE TABLE founder (no INTEGER PRIMARY KEY, source TEXT NOT NULL, record TEXT NOT NULL);
        CREATE TABLE redirect (id TEXT PRIMARY KEY, target TEXT NOT NULL, idx INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE linkage (id TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (id, idx)) WITHOUT ROWID;
        CREATE TABLE publication (idx INTEGER PRIMARY KEY);
        CREATE TABLE run (idx INTEGER PRIMARY KEY);
        CREATE TABLE tally (kind TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (kind, code)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE search USING fts5(name, place, facets, content='', contentless_delete=1, detail=column, tokenize='unicode61 remove_diacritics 2');
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

    /// <summary>How many organisations have each value, counted on the indexes.</summary>
    public const string Tallies = """
        DELETE FROM tally;
        INSERT INTO tally SELECT 'outcome', outcome, (SELECT label FROM organisation AS one WHERE one.outcome = part.outcome LIMIT 1), count
            FROM (SELECT outcome, count(*) AS count FROM organisation GROUP BY outcome) AS part;
        INSERT INTO tally SELECT 'authority', authority_code, (SELECT authority FROM organisation AS one WHERE one.authority_code = part.authority_code LIMIT 1), count
            FROM (SELECT authority_code, count(*) AS count FROM organisation GROUP BY authority_code) AS part;
        INSERT INTO tally SELECT 'type', type, type, count(*) FROM organisation GROUP BY type;
        INSERT INTO tally
            WITH RECURSIVE each(status) AS (SELECT 0 UNION ALL SELECT status + 1 FROM each WHERE status < 4),
                counted AS MATERIALIZED (
                    SELECT count(*) FILTER (WHERE status = 0) AS s0, count(*) FILTER (WHERE status = 1) AS s1, count(*) FILTER (WHERE status = 2) AS s2,
                        count(*) FILTER (WHERE status = 3) AS s3, count(*) FILTER (WHERE status = 4) AS s4 FROM organisation)
            SELECT 'status', status, status, CASE status WHEN 0 THEN s0 WHEN 1 THEN s1 WHEN 2 THEN s2 WHEN 3 THEN s3 ELSE s4 END AS count
            FROM each, counted WHERE count > 0;
        """;
}
