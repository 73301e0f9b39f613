using System.Net;
using System.Text.RegularExpressions;
using Lms.Web.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Lms.Web.Tests.Infra;

/// <summary>What the files of infra/ say of the program and of each other is so.</summary>
public sealed partial class ConsistencyTests(TestSite site) : IClassFixture<TestSite>
{
    private const string Sources = "../src/Lms.Web";
    private static readonly string[] Deployments = ["docker", "compose", "kubernetes", "azure", "systemd"];

    [Fact]
    public void Every_setting_is_one_that_the_program_reads_and_the_README_explains()
    {
        var sources = Directory.EnumerateFiles(Tool.Infra(Sources), "*.cs", SearchOption.AllDirectories).Where(f => !IsBuilt(f)).Select(File.ReadAllText).ToList();
        var explained = Tool.Text("README.md");
        var named = Texts().SelectMany(t => Settings().Matches(t.Text)).Select(m => m.Value).Distinct().ToList();
        Assert.Contains("LMS__Database__ConnectionString", named);
        Assert.All(named, setting =>
        {
            Assert.True(sources.Exists(source => Reads(source, setting)), $"The program does not read {setting}.");
            var last = setting[setting.LastIndexOf("__", StringComparison.Ordinal)..];
            Assert.True(explained.Contains($"`{setting}`", StringComparison.Ordinal) || explained.Contains($"`{last}`", StringComparison.Ordinal), $"infra/README.md does not explain {setting}.");
        });
    }

    [Fact]
    public async Task Every_path_of_a_probe_is_served()
    {
        var paths = Texts().SelectMany(t => Probes().Matches(t.Text)).Select(m => m.Value).Distinct().ToList();
        Assert.Equal(["/health/live", "/health/ready", "/metrics"], paths.Order());
        foreach (var path in paths)
        {
            var answer = await site.Visitor().GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public void The_port_and_the_user_are_the_same_everywhere()
    {
        Assert.Contains("EXPOSE 8080", Tool.Text("docker/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("LMS__Urls=http://+:8080", Tool.Text("docker/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("${1:-8080}", Tool.Text("docker/healthy"), StringComparison.Ordinal);
        foreach (var compose in new[] { "compose.yaml", "compose.cloud.yaml" })
            Assert.Contains(":8080}:8080\"", Tool.Text($"compose/{compose}"), StringComparison.Ordinal);
        Assert.Contains("reverse_proxy seedlot:8080", Tool.Text("compose/Caddyfile"), StringComparison.Ordinal);
        Assert.Contains("containerPort: 8080", Tool.Text("kubernetes/base/seedlot.yaml"), StringComparison.Ordinal);
        Assert.Contains("var port = 8080", Tool.Text("azure/program.bicep"), StringComparison.Ordinal);

        // The user that Microsoft's images call APP_UID.
        var users = Texts().SelectMany(t => Users().Matches(t.Text)).Select(m => m.Groups["id"].Value).ToList();
        Assert.True(users.Count >= 5);
        Assert.All(users, id => Assert.Equal("1654", id));
    }

    [Fact]
    public void Images_have_the_version_of_the_program_and_the_database_that_of_its_client()
    {
        var version = Version().Match(Tool.Text("../Directory.Build.props")).Groups["version"].Value;
        var own = Texts().SelectMany(t => OwnImages().Matches(t.Text)).Select(m => m.Groups["tag"].Value).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, tag => Assert.Equal(version, tag.Replace("-cloud", "", StringComparison.Ordinal)));

        var client = Regex.Match(Tool.Text("docker/Dockerfile"), @"^ARG POSTGRES=(\d+)$", RegexOptions.Multiline).Groups[1].Value;
        Assert.Contains($"image: postgres:{client}\n", Tool.Text("compose/compose.yaml"), StringComparison.Ordinal);
        Assert.All(Regex.Matches(Tool.Text("docker/Dockerfile"), @"^FROM .*", RegexOptions.Multiline), stage => Assert.Contains(":${DOTNET}", stage.Value, StringComparison.Ordinal));
        // The framework of the projects is the one of the images.
        var framework = Regex.Match(Tool.Text("../Directory.Build.props"), "<TargetFramework>net([0-9.]+)<").Groups[1].Value;
        Assert.Contains($"ARG DOTNET={framework}-", Tool.Text("docker/Dockerfile"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_Dockerfile_restores_every_project_that_the_program_is_made_of()
    {
        var projects = Directory.EnumerateFiles(Tool.Infra("../src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileName(Path.GetDirectoryName(p)!));
        Assert.All(projects, p => Assert.Contains($"COPY src/{p}/{p}.csproj src/{p}/packages.lock.json src/{p}/", Tool.Text("docker/Dockerfile"), StringComparison.Ordinal));
    }

    [Fact]
    public void No_file_holds_a_secret()
    {
        foreach (var (file, text) in Texts())
            Assert.All(Secrets().Matches(text), m => Assert.Fail($"{file} holds a secret: {m.Value}"));
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("compose.cloud.yaml")]
    public void Every_service_of_Compose_is_watched_confined_and_started_again(string file)
    {
        var services = (YamlMappingNode)Yaml($"compose/{file}").Single()["services"];
        foreach (var (name, node) in services.Select(s => (s.Key.ToString(), Merged((YamlMappingNode)s.Value))))
        {
            var ends = node["restart"].ToString() == "no";
            Assert.True(ends || node["restart"].ToString() == "unless-stopped", name);
            Assert.Contains(ends ? "disable" : "test", ((YamlMappingNode)node["healthcheck"]).Children.Keys.Select(k => k.ToString()));
            Assert.Matches(@":\d|:\$\{|:-seedlot:", node["image"].ToString());
            if (!node["image"].ToString().Contains("SEEDLOT_IMAGE", StringComparison.Ordinal)) continue;
            Assert.Equal("true", node["read_only"].ToString());
            Assert.Equal("ALL", ((YamlSequenceNode)node["cap_drop"]).Single().ToString());
            if (name == "seedlot") Assert.True(Seconds(node["stop_grace_period"].ToString()) >= 40, "Answers on their way may take 35 seconds.");
        }
    }

    [Theory]
    [InlineData("seedlot.yaml")]
    [InlineData("first/migrate.yaml")]
    [InlineData("backup.yaml")]
    public void Every_pod_of_Kubernetes_is_confined(string file)
    {
        foreach (var pod in Yaml($"kubernetes/base/{file}").SelectMany(Pods))
        {
            Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].ToString());
            Assert.Equal("RuntimeDefault", pod["securityContext"]["seccompProfile"]["type"].ToString());
            Assert.Equal("false", pod["automountServiceAccountToken"].ToString());
            foreach (var container in (YamlSequenceNode)pod["containers"])
            {
                Assert.Equal("false", container["securityContext"]["allowPrivilegeEscalation"].ToString());
                Assert.Equal("true", container["securityContext"]["readOnlyRootFilesystem"].ToString());
                Assert.Equal("ALL", container["securityContext"]["capabilities"]["drop"][0].ToString());
                Assert.NotNull(container["resources"]["requests"]["memory"]);
                Assert.NotNull(container["resources"]["limits"]["memory"]);
            }
        }
        if (file == "seedlot.yaml") Assert.True(int.Parse(Pods(Yaml($"kubernetes/base/{file}").First()).Single()["terminationGracePeriodSeconds"].ToString(), System.Globalization.CultureInfo.InvariantCulture) >= 50);
    }

    private static IEnumerable<(string File, string Text)> Texts() =>
        Deployments.SelectMany(d => Directory.EnumerateFiles(Tool.Infra(d), "*", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/secrets/", StringComparison.Ordinal) && !f.Contains("/certificates/", StringComparison.Ordinal))
            .Select(f => (f, File.ReadAllText(f)));

    private static bool IsBuilt(string file) => file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal);

    // A setting is read by its whole name, or by its last part from the section it is in.
    private static bool Reads(string source, string setting)
    {
        var key = setting.Replace("__", ":", StringComparison.Ordinal);
        if (source.Contains($"\"{key}\"", StringComparison.Ordinal) || source.Contains($"\"{setting}\"", StringComparison.Ordinal)) return true;
        var split = key.LastIndexOf(':');
        return source.Contains($"\"{key[..split]}\"", StringComparison.Ordinal) && Regex.IsMatch(source, $@"\b{key[(split + 1)..]}\b");
    }

    private static IEnumerable<YamlNode> Yaml(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Tool.Text(path)));
        return stream.Documents.Select(d => d.RootNode);
    }

    private static IEnumerable<YamlNode> Pods(YamlNode node) => node switch
    {
        YamlMappingNode map when map.Children.ContainsKey("containers") => [map],
        YamlMappingNode map => map.Children.Values.SelectMany(Pods),
        YamlSequenceNode list => list.SelectMany(Pods),
        _ => [],
    };

    private static YamlMappingNode Merged(YamlMappingNode node)
    {
        var merged = new YamlMappingNode();
        if (node.Children.TryGetValue("<<", out var from)) foreach (var (key, value) in (YamlMappingNode)from) merged.Children[key] = value;
        foreach (var (key, value) in node) merged.Children[key] = value;
        return merged;
    }

    private static int Seconds(string text) => int.Parse(text.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\bLMS__\w+")]
    private static partial Regex Settings();

    [GeneratedRegex(@"/health/\w+|/metrics\b")]
    private static partial Regex Probes();

    [GeneratedRegex(@"(user: ""|runAsUser: |runAsGroup: |fsGroup: |\b[ug]id=)(?<id>\d+)")]
    private static partial Regex Users();

    [GeneratedRegex(@"<Version>(?<version>[^<]+)<")]
    private static partial Regex Version();

    [GeneratedRegex(@"(seedlot:|newTag: )(?<tag>\d+\.\d+\.\d+[\w-]*)")]
    private static partial Regex OwnImages();

    // A password, key or token with a value of its own: neither a variable, a name, nor a path.
    [GeneratedRegex(@"(?i)(password|accountkey|secret|token|sharedkey)\s*[:=]\s*['""]?(?=\S*\d)[A-Za-z0-9+/]{12,}={0,2}['""]?\s*$", RegexOptions.Multiline)]
    private static partial Regex Secrets();
}
