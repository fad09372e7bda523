using System.Net;
using System.Net.Sockets;
using System.Text;
using Probity.Ledger.Witnessing;

namespace Probity.Ledger.Tests;

/// <summary>A log's client against witnesses that answer as told.</summary>
public sealed class WitnessClientTests : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Uri _address;
    private readonly SignerKey _log = SignerKey.Generate("log.example");
    private readonly CosignerKey _witness = CosignerKey.Generate("w.example");
    private readonly History _history;
    private readonly List<AddCheckpoint> _asked = [];

    public WitnessClientTests()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/prefix/");
        }

        _listener.Prefixes.Add(_address.AbsoluteUri);
        _listener.Start();
        _history = new History(_log, 20, 20, "");
    }

    public void Dispose()
    {
        _listener.Close();
        _log.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public async Task A_cosignature_is_taken_and_those_of_strangers_are_not()
    {
        using var stranger = CosignerKey.Generate("stranger.example");
        string text = _history.Note(12).Text;
        WitnessReport report = await Ask([(200, "text/plain", stranger.Cosign(text, 1).ToString() + _witness.Cosign(text, 1_800_000_000))]);
        Assert.Equal(1_800_000_000, Assert.IsType<WitnessReport.Cosigned>(report).Given.Time);
        Assert.Equal((5, 5), (Assert.Single(_asked).OldSize, _asked[0].Proof.Length));
    }

    [Fact]
    public async Task The_size_that_the_witness_names_is_proven_from()
    {
        WitnessReport report = await Ask([(409, "text/x.tlog.size", "0\n"), (200, "text/plain", _witness.Cosign(_history.Note(12).Text, 1).ToString())]);
        Assert.IsType<WitnessReport.Cosigned>(report);
        Assert.Equal([5, 0], _asked.Select(one => one.OldSize));
    }

    [Theory]
    [InlineData(409, "text/x.tlog.size", "13\n", "seen 13 entries")]
    [InlineData(409, "text/x.tlog.size", "5\n", "no other size")]
    [InlineData(409, "text/x.tlog.size", "05\n", "no other size")]
    [InlineData(409, "text/x.tlog.size", "3", "no other size")]
    [InlineData(409, "text/plain", "3\n", "two histories")]
    [InlineData(422, "text/plain", "no", "two histories")]
    [InlineData(400, "text/plain", "no", "malformed")]
    [InlineData(403, "text/plain", "no", "key")]
    [InlineData(404, "text/plain", "no", "does not follow")]
    [InlineData(500, "text/plain", "no", "failed")]
    [InlineData(301, "text/plain", "", "elsewhere")]
    [InlineData(200, "text/plain", "", "no cosignature")]
    [InlineData(200, "text/plain", ReferenceLog.WitnessLine, "no cosignature")]
    public async Task Every_other_answer_is_told_in_words(int status, string type, string text, string words)
    {
        WitnessReport.Refused refused = Assert.IsType<WitnessReport.Refused>(await Ask([(status, type, text)]));
        Assert.Equal(status, refused.Status);
        Assert.Contains(words, refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cosignature_on_another_text_is_not_genuine()
    {
        WitnessReport report = await Ask([(200, "text/plain", _witness.Cosign(_history.Note(11).Text, 1).ToString())]);
        Assert.Contains("not genuine", Assert.IsType<WitnessReport.Refused>(report).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_that_names_another_size_each_time_is_left_after_three_requests()
    {
        WitnessReport report = await Ask([(409, "text/x.tlog.size", "1\n"), (409, "text/x.tlog.size", "2\n"), (409, "text/x.tlog.size", "3\n"), (409, "text/x.tlog.size", "4\n")]);
        Assert.IsType<WitnessReport.Refused>(report);
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task An_endless_answer_is_read_to_64_KiB_and_no_further()
    {
        Assert.IsType<WitnessReport.Refused>(await Ask([(200, "text/plain", new string('x', 4_000_000))]));
    }

    [Fact]
    public async Task A_witness_that_stalls_or_is_not_there_or_has_no_address_is_not_waited_for()
    {
        using var client = new WitnessClient(TimeSpan.FromMilliseconds(300));
        var witness = new PolicyWitness("w1", _witness.Verifier, _address);
        Assert.Contains("not within 0.3 seconds", (await Ask(client, witness)).Words, StringComparison.Ordinal);
        _listener.Stop();
        Assert.IsType<WitnessReport.Unreached>(await Ask(client, witness));
        Assert.Contains("no address", (await Ask(client, witness with { Url = null })).Words, StringComparison.Ordinal);
    }

    private async Task<WitnessReport> Ask((int Status, string Type, string Text)[] answers)
    {
        Task answering = Task.Run(() => Answer(answers), TestContext.Current.CancellationToken);
        using var client = new WitnessClient(TimeSpan.FromSeconds(60));
        WitnessReport report = await Ask(client, new PolicyWitness("w1", _witness.Verifier, _address));
        _listener.Stop();
        await answering;
        return report;
    }

    private Task<WitnessReport> Ask(WitnessClient client, PolicyWitness witness) =>
        client.Ask(witness, _history.Note(12), 5, old => _history.Request((int)old, 12), TestContext.Current.CancellationToken);

    private async Task Answer((int Status, string Type, string Text)[] answers)
    {
        foreach ((int status, string type, string text) in answers)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                Assert.Equal(("POST", "/prefix/add-checkpoint"), (context.Request.HttpMethod, context.Request.Url!.AbsolutePath));
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body, TestContext.Current.CancellationToken);
                _asked.Add(AddCheckpoint.Parse(body.ToArray())!);
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                context.Response.RedirectLocation = status == 301 ? "http://127.0.0.1:1/" : null;
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);
                context.Response.Close();
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
            {
                return;
            }
        }
    }
}
