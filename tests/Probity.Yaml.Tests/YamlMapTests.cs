using Probity.Evidence;

namespace Probity.Yaml.Tests;

public sealed class YamlMapTests
{
    private readonly List<Problem> _problems = [];

    [Fact]
    public void An_unknown_key_is_named_with_its_place_and_the_nearest_known()
    {
        YamlMap map = Read("title: A\nauthorty: B\n");
        map.Text("title");
        map.Text("authority");
        map.Close();
        Assert.Equal("register.yaml:2:1: unknown key 'authorty'; did you mean 'authority'? [key.unknown]", Assert.Single(_problems).ToString());
    }

    [Fact]
    public void A_key_that_stands_twice_is_named()
    {
        Assert.Null(YamlText.Read("f.yaml", "a: 1\nb: 2\na: 3\n", _problems));
        Assert.Equal((3, 1, "key.twice"), (_problems[0].Line, _problems[0].Column, _problems[0].Code));
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", "yaml.anchor")]
    [InlineData("a: !!binary x\n", "yaml.anchor")]
    [InlineData("a: [1\n", "yaml.unreadable")]
    [InlineData("", "file.empty")]
    [InlineData("a: 1\n---\nb: 2\n", "yaml.documents")]
    public void What_could_mean_two_things_is_refused(string text, string code)
    {
        Assert.Null(YamlText.Read("f.yaml", text, _problems));
        Assert.Contains(_problems, problem => problem.Code == code && problem.File == "f.yaml");
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_reported_where_it_stands()
    {
        YamlMap map = Read("n: many\nd: 2026-13-01\nf: yes\n");
        Assert.Null(map.Whole("n"));
        Assert.Null(map.DayOf("d"));
        Assert.Null(map.Flag("f"));
        Assert.Equal(["type.whole", "type.day", "type.flag"], _problems.Select(problem => problem.Code));
    }

    private YamlMap Read(string text) => YamlMap.Of("register.yaml", YamlText.Read("register.yaml", text, _problems), _problems)!;
}
