using System.Net;
using Probity.Evidence;

namespace Probity.Sources.Tests;

public sealed class HttpPagesTests
{
    [Fact]
    public void Pages_are_asked_for_until_the_last_that_the_first_tells()
    {
        using var network = new Network(Network.Ok(Page(3, "1", "2")), Network.Ok(Page(3, "3")), Network.Ok(Page(3, "4")));
        List<SourceRecord> records = Read(network, new ImpatientClock(false));

        Assert.Equal("1 2 3 4", records.Ids());
        Assert.Empty(records.Rejections());
        Assert.Equal(3, network.Asked.Count);
        Assert.StartsWith("https://example.org/Establishments?localAuthorityId=1&pageNumber=2&pageSize=5000 ", network.Asked[1], StringComparison.Ordinal);
        Assert.Contains("x-api-version=2", network.Asked[1], StringComparison.Ordinal);
        Assert.Contains("accept=application/json", network.Asked[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_identifier_that_stands_on_two_pages_counts_once()
    {
        using var network = new Network(Network.Ok(Page(2, "1", "2")), Network.Ok(Page(2, "2", "3")));
        List<SourceRecord> records = Read(network, new ImpatientClock(false));

        Assert.Equal("1 2 3", records.Ids());
        Assert.Equal(RejectionCodes.IdDuplicate, Assert.Single(records.Rejections()).Code);
    }

    [Fact]
    public void An_address_that_fails_and_then_answers_is_read_whole()
    {
        var clock = new ImpatientClock(false);
        using var network = new Network(Network.Status(HttpStatusCode.InternalServerError), Network.Refused, Network.Broken(Page(1, "1")), Network.Ok(Page(1, "1")));
        List<SourceRecord> records = Read(network, clock);

        Assert.Equal("1", records.Ids());
        Assert.Empty(records.Rejections());
        Assert.Equal([1, 2, 4], clock.Pauses);
    }

    [Fact]
    public void An_address_that_never_answers_in_time_says_so_after_five_tries()
    {
        using var network = new Network(Network.Silent);
        Rejection rejection = Assert.Single(Read(network, new ImpatientClock(true)).Rejections());

        Assert.Equal(SourceCodes.NetworkIncomplete, rejection.Code);
        Assert.Equal("no full answer within 60 s, 5 tries; nothing was read. Run again later", rejection.Reason);
        Assert.Equal(5, network.Asked.Count);
    }

    [Fact]
    public void A_failure_that_stays_keeps_the_pages_read()
    {
        using var network = new Network(Network.Ok(Page(3, "1")), Network.Ok(Page(3, "2")), Network.Status(HttpStatusCode.BadGateway));
        List<SourceRecord> records = Read(network, new ImpatientClock(false));

        Assert.Equal("1 2", records.Ids());
        Rejection rejection = Assert.Single(records.Rejections());
        Assert.Equal("the address answered 502 Bad Gateway, 5 tries; pages 1 to 2 of 3 were read and are kept. Run again later", rejection.Reason);
        Assert.True(records[^1].IsFile);
        Assert.Equal(7, network.Asked.Count);
    }

    [Fact]
    public void An_answer_that_stops_half_way_each_time_is_told()
    {
        using var network = new Network(Network.Broken(Page(1, "1")));
        Rejection rejection = Assert.Single(Read(network, new ImpatientClock(false)).Rejections());

        Assert.Equal(SourceCodes.NetworkIncomplete, rejection.Code);
        Assert.Equal(5, network.Asked.Count);
    }

    [Fact]
    public void An_answer_cut_off_keeps_its_whole_records()
    {
        string whole = Page(1, "1", "2");
        using var network = new Network(Network.Ok(whole[..whole.LastIndexOf("Bakery 2", StringComparison.Ordinal)]));
        List<SourceRecord> records = Read(network, new ImpatientClock(false));

        Assert.Equal("1", records.Ids());
        Assert.Equal(RejectionCodes.FileTruncated, Assert.Single(records.Rejections()).Code);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Tue, 12 May 2026 12:00:45 GMT", 45)]
    [InlineData("Tue, 12 May 2026 11:00:00 GMT", 1)]
    [InlineData("86400", 120)]
    public void Retry_After_is_waited_for_up_to_two_minutes(string retryAfter, double seconds)
    {
        var clock = new ImpatientClock(false);
        using var network = new Network(Network.Status(HttpStatusCode.TooManyRequests, retryAfter), Network.Ok(Page(1, "1")));

        Assert.Equal("1", Read(network, clock).Ids());
        Assert.Equal([seconds], clock.Pauses);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    public void A_refusal_that_no_other_try_changes_is_told_at_once(HttpStatusCode status)
    {
        using var network = new Network(Network.Status(status));
        Rejection rejection = Assert.Single(Read(network, new ImpatientClock(false)).Rejections());

        Assert.Contains($"answered {(int)status}", rejection.Reason, StringComparison.Ordinal);
        Assert.Single(network.Asked);
    }

    [Theory]
    [InlineData("{\"establishments\":[]}")]
    [InlineData("<html></html>")]
    [InlineData("")]
    public void A_page_without_records_ends_the_reading_and_is_told(string page)
    {
        using var network = new Network(Network.Ok(Page(2_000_000_000, "1")), Network.Ok(page));
        List<SourceRecord> records = Read(network, new ImpatientClock(false));

        Assert.Equal("1", records.Ids());
        Assert.Equal(SourceCodes.NetworkIncomplete, records.Rejections()[^1].Code);
        Assert.Equal(2, network.Asked.Count);
    }

    [Fact]
    public void An_address_of_an_XML_file_is_read_like_a_file()
    {
        using var network = new Network(Network.Ok(Fhrs.Xml("1", "2")));

        Assert.Equal("1 2", Read(network, new ImpatientClock(false)).Ids());
    }

    private static string Page(int pages, params string[] ids) => Fhrs.Json(ids).Replace("\"totalPages\":1}", $"\"totalPages\":{pages}}}", StringComparison.Ordinal);

    private static List<SourceRecord> Read(Network network, TimeProvider clock) =>
    [
        .. SourceReader.Read(Fhrs.Source, "https://example.org/Establishments?localAuthorityId=1", Fhrs.Options with { Network = network, Clock = clock }, TestContext.Current.CancellationToken),
    ];
}
