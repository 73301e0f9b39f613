using Lms.Benchmarks;
using Lms.Benchmarks.RecordStore;

// Each benchmark prints figures of one run on one machine, most of them as ratios to a baseline measured in that run.
var benchmarks = new Dictionary<string, Func<Task>>
{
    ["lesson"] = LessonPage.RunAsync,
    ["completion"] = Completions.RunAsync,
    ["certificates"] = Certificates.RunAsync,
    ["start"] = StartAndMemory.RunAsync,
    ["check"] = Check.RunAsync,
    ["scorm"] = ScormCommits.RunAsync,
    ["scale"] = Scale.RunAsync,
    ["lrs"] = AgainstBareStore.RunAsync,
    ["lrs-growth"] = Growth.RunAsync,
    ["lrs-ten-million"] = Growth.OnPostgreSqlAsync,
    ["lrs-soak"] = Soak.RunAsync,
};
if (args is ["bare-store", var database, var at]) return await BareStore.RunAsync(database, at);
if (args is ["bare", var file, var url]) return await BareServer.RunAsync(file, url);
if (args is [] or ["all"]) args = [.. benchmarks.Keys];
if (args.FirstOrDefault(a => !benchmarks.ContainsKey(a)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark {unknown}. Known: {string.Join(", ", benchmarks.Keys)}, all.");
    return 2;
}
foreach (var name in args)
{
    Console.WriteLine($"\n== {name}");
    await benchmarks[name]();
}
return 0;
