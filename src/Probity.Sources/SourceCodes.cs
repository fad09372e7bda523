namespace Probity.Sources;

/// <summary>The catalogue of reasons why a whole file or address could not be read. Codes are stable.</summary>
public static class SourceCodes
{
    /// <summary>The file holds nothing.</summary>
    public const string FileEmpty = "file.empty";

    /// <summary>There is no such file or folder.</summary>
    public const string FileMissing = "file.missing";

    /// <summary>This user may not read the file.</summary>
    public const string FileNoPermission = "file.no-permission";

    /// <summary>A column that a required field needs is missing.</summary>
    public const string ColumnMissing = "column.missing";

    /// <summary>The file holds a document type definition: entities could read other files or grow without end.</summary>
    public const string FileDtd = "file.dtd-refused";

    /// <summary>The file holds no records where the source says they stand.</summary>
    public const string NoRecords = "file.no-records";

    /// <summary>A file is none of the tables that the source declares.</summary>
    public const string TableUnknown = "table.unknown";

    /// <summary>A table that the source needs was not given.</summary>
    public const string TableMissing = "table.missing";

    /// <summary>An address did not answer, or not to the end.</summary>
    public const string NetworkIncomplete = "network.incomplete";
}
