using System.Text;
using CsCheck;

namespace Probity.Sources.Tests;

public sealed class ReadingLaws
{
    private static readonly string[] Whole = [Fhrs.Header + Fhrs.Line("1") + Fhrs.Line("2"), Fhrs.Json("1", "2"), Fhrs.Xml("1", "2")];
    private static readonly string[] Starts = ["", Fhrs.Header, "{\"establishments\":[", "[", "<", "<FHRSEstablishment><EstablishmentDetail>", "\ufeff"];
    private static readonly Gen<string> Start = Gen.Int[0, Starts.Length - 1].Select(at => Starts[at]);
    private const string Signs = "{}[]<>/\"',:\n\r\0 ;&#x?!-=\\u0123456789";

    [Fact]
    public void Arbitrary_bytes_never_throw_and_every_record_is_statements_or_a_rejection() =>
        Gen.Select(Start, Gen.Byte.Array[0, 300]).Sample((start, bytes) => Holds([.. Encoding.UTF8.GetBytes(start), .. bytes]), iter: 3_000);

    [Fact]
    public void Arbitrary_texts_of_the_formats_own_signs_never_throw() =>
        Gen.Select(Start, Gen.Int[0, Signs.Length - 1].Select(at => Signs[at]).Array[0, 200])
            .Sample((start, signs) => Holds(Encoding.UTF8.GetBytes(start + new string(signs))), iter: 3_000);

    [Fact]
    public void A_changed_and_cut_file_never_throws_and_every_record_is_statements_or_a_rejection() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1].Select(at => Whole[at]), Gen.Select(Gen.Int[0, 2_000], Gen.Byte).Array[0, 6], Gen.Int[0, 2_000]).Sample(
            (whole, changes, cut) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(whole);
                foreach ((int at, byte value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                Holds(bytes[..Math.Min(bytes.Length, cut)]);
            },
            iter: 3_000);

    [Fact]
    public void However_a_stream_hands_out_its_bytes_the_records_are_the_same() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1].Select(at => Whole[at]), Gen.Int[1, 50]).Sample(
            (whole, most) =>
            {
                using var drops = new Drops(Encoding.UTF8.GetBytes(whole), most);
                IEnumerable<SourceRecord> records = SourceReader.ReadStream(Fhrs.Source, new RecordMapping(Fhrs.Source, Fhrs.Options.Today), "file", drops, new JsonRecords(Fhrs.Source, ""));
                Assert.Equal(Fhrs.Read(whole).SelectMany(record => record.Statements), records.SelectMany(record => record.Statements));
            },
            iter: 100);

    private static void Holds(byte[] bytes) => Assert.All(Fhrs.Read(bytes), record => Assert.NotEqual(record.Statements.IsEmpty, record.Rejections.IsEmpty));

    /// <summary>A stream that gives at most so many bytes at once.</summary>
    private sealed class Drops(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);
    }
}
