using System.Text;
using Probity.Evidence;
using Probity.Tests.Support;

namespace Probity.Sources.Tests;

public sealed class BadFilesTests
{
    public static TheoryData<string> Whole { get; } = [Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2"), Fhrs.Json("1", "2"), Fhrs.Xml("1", "2")];

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_file_that_ends_in_its_second_record_keeps_the_first(string whole)
    {
        int cut = whole.LastIndexOf("Bakery 2", StringComparison.Ordinal) + 4;
        List<SourceRecord> records = Fhrs.Read(whole[..cut]);

        Assert.Equal("1", records.Ids());
        Assert.Equal(RejectionCodes.FileTruncated, Assert.Single(records.Rejections()).Code);
        Assert.True(records[^1].IsFile);
    }

    [Fact]
    public void A_CSV_file_that_ends_in_a_quoted_field_is_truncated()
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2").Replace("FHRS\n", "\"FHR", StringComparison.Ordinal));

        Assert.Equal("1", records.Ids());
        Assert.Equal(RejectionCodes.FileTruncated, Assert.Single(records.Rejections()).Code);
    }

    [Fact]
    public void A_quote_inside_a_field_of_the_last_line_is_only_a_quote()
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header + "1,5\" Pipe,\"a \"\"b\"\"\",CR8,5,2020-02-12,0,5,5,FHRS");

        Assert.Equal("1", records.Ids());
    }

    [Fact]
    public void A_short_line_in_the_middle_of_a_CSV_file_is_one_unreadable_record()
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header + Fhrs.Line("1") + "2,Bakery\n" + Fhrs.Line("3"));

        Assert.Equal("1 3", records.Ids());
        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal((RejectionCodes.RecordUnreadable, 3L), (rejection.Code, rejection.Place.Line));
        Assert.False(records[1].IsFile);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_byte_that_is_no_text_rejects_its_own_record_only(string whole)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        bytes[whole.IndexOf("Bakery 1", StringComparison.Ordinal) + 2] = 0xE9;
        List<SourceRecord> records = Fhrs.Read(bytes);

        Assert.Equal("2", records.Ids());
        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal((RejectionCodes.EncodingInvalid, "BusinessName", "1"), (rejection.Code, rejection.Field, rejection.Place.Record));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_JSON_rejects_its_own_record_only()
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Json("1", "2").Replace("Bakery 1", "Bakery \\ud83c", StringComparison.Ordinal));

        Assert.Equal("2", records.Ids());
        Assert.Equal(RejectionCodes.EncodingInvalid, Assert.Single(records.Rejections()).Code);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_byte_order_mark_changes_nothing(string whole)
    {
        Encoding[] encodings = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];
        foreach (Encoding encoding in encodings)
        {
            List<SourceRecord> records = Fhrs.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(whole)]);

            Assert.Equal("1 2", records.Ids());
            Assert.Empty(records.Rejections());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("\ufeff")]
    public void A_file_without_content_is_empty(string text) => Assert.Equal(SourceCodes.FileEmpty, Assert.Single(Fhrs.Read(text).Rejections()).Code);

    [Fact]
    public void A_CSV_file_with_a_header_only_has_no_records_and_nothing_wrong() => Assert.Empty(Fhrs.Read(Fhrs.Header));

    [Fact]
    public void NUL_bytes_are_no_records()
    {
        Assert.Equal(SourceCodes.ColumnMissing, Assert.Single(Fhrs.Read(new byte[5_000]).Rejections()).Code);
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header + Fhrs.Line("1").Replace("Bakery", "Bak\0ery", StringComparison.Ordinal) + Fhrs.Line("2"));
        Assert.Equal("2", records.Ids());
        Assert.Equal(RejectionCodes.EncodingInvalid, Assert.Single(records.Rejections()).Code);
    }

    [Fact]
    public void A_missing_column_is_named_with_those_found_and_the_nearest()
    {
        List<SourceRecord> records = Fhrs.Read(Fhrs.Header.Replace("BusinessName", "BuisnessName", StringComparison.Ordinal) + Fhrs.Line("1"));

        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal((SourceCodes.ColumnMissing, "BusinessName"), (rejection.Code, rejection.Field));
        Assert.Contains("Found: FHRSID, BuisnessName, BusinessType,", rejection.Reason, StringComparison.Ordinal);
        Assert.Contains("Is it 'BuisnessName'?", rejection.Reason, StringComparison.Ordinal);
        Assert.True(records[0].IsFile);
    }

    [Fact]
    public void A_missing_column_of_a_required_day_is_named()
    {
        Rejection rejection = Assert.Single(Fhrs.Read(Fhrs.Header.Replace("RatingDate", "Date", StringComparison.Ordinal) + Fhrs.Line("1")).Rejections());

        Assert.Equal((SourceCodes.ColumnMissing, "RatingDate"), (rejection.Code, rejection.Field));
    }

    [Theory]
    [InlineData("{\"places\":[{\"FHRSID\":1}]}")]
    [InlineData("<places><place/></places>")]
    public void A_file_without_records_where_they_should_stand_says_where(string text)
    {
        Rejection rejection = Assert.Single(Fhrs.Read(text).Rejections());

        Assert.Equal(SourceCodes.NoRecords, rejection.Code);
        Assert.Contains("stablishment", rejection.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;\">]>", "&d;")]
    [InlineData("<!DOCTYPE a [<!ENTITY d SYSTEM \"file:///etc/passwd\">]>", "&d;")]
    [InlineData("<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\">", "x")]
    public void A_document_type_definition_is_refused(string definition, string name)
    {
        List<SourceRecord> records = Fhrs.Read(definition + Fhrs.Xml("1").Replace("Bakery", name, StringComparison.Ordinal));

        Assert.Equal(SourceCodes.FileDtd, Assert.Single(records.Rejections()).Code);
        Assert.Equal("", records.Ids());
    }

    [Fact]
    public void A_missing_file_an_empty_folder_and_no_name_are_told()
    {
        using var folder = new TemporaryFolder();
        folder.Write("notes.txt", "no records");
        foreach (string location in new[] { folder["none.csv"], folder.FullName, "", "a\0b" })
        {
            SourceRecord record = Assert.Single(Fhrs.ReadAt(location));

            Assert.Equal(SourceCodes.FileMissing, Assert.Single(record.Rejections).Code);
            Assert.True(record.IsFile);
        }
    }

    [Fact]
    public void A_bad_file_in_a_folder_leaves_the_others()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.csv", Fhrs.Header + Fhrs.Line("1"));
        folder.Write("b.json", "");
        folder.Write("c.XML", Fhrs.Xml("3"));
        List<SourceRecord> records = Fhrs.ReadAt(folder.FullName);

        Assert.Equal("1 3", records.Ids());
        Assert.EndsWith("b.json", Assert.Single(records.Rejections()).Place.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_and_a_folder_that_this_user_may_not_read_are_told()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("a.csv", Fhrs.Header);
        string closed = Directory.CreateDirectory(folder["closed"]).FullName;
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "this user may read everything");
        SetRight(file, UnixFileMode.None);
        SetRight(closed, UnixFileMode.None);
        List<SourceRecord> records = [.. Fhrs.ReadAt(file), .. Fhrs.ReadAt(closed)];
        SetRight(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal([SourceCodes.FileNoPermission, SourceCodes.FileNoPermission], records.Rejections().Select(rejection => rejection.Code));
    }

    private static void SetRight(string path, UnixFileMode right)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, right);
        }
    }
}
