using System.Reflection;
using Lms.Web.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(DatabaseTestFramework))]

namespace Lms.Web.Tests.Support;

/// <summary>The runner as it comes, but for the names of tests: each says on which database it ran.</summary>
public sealed class DatabaseTestFramework : XunitTestFramework
{
    protected override ITestFrameworkDiscoverer CreateDiscoverer(Assembly assembly) => new Discoverer(Of(assembly));

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) => new Executor(Of(assembly));

    private static XunitTestAssembly Of(Assembly assembly) => new(assembly, configFileName: null, assembly.GetName().Version);

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        protected override ITestFrameworkDiscoverer CreateDiscoverer() => new Discoverer(TestAssembly);
    }

    private sealed class Discoverer(IXunitTestAssembly assembly) : XunitTestFrameworkDiscoverer(assembly)
    {
        protected override ValueTask<bool> FindTestsForMethod(
            IXunitTestMethod testMethod, ITestFrameworkDiscoveryOptions discoveryOptions, Func<ITestCase, ValueTask<bool>> discoveryCallback) =>
            base.FindTestsForMethod(new NamedMethod(testMethod.TestClass, testMethod.Method), discoveryOptions, discoveryCallback);
    }

    private sealed class NamedMethod : XunitTestMethod, IXunitTestMethod
    {
        private static readonly string s_suffix = $" [{TestDatabase.Title}]";


        [Obsolete("For the runner, which sends tests from one process to another.")]
        public NamedMethod() { }

        public NamedMethod(IXunitTestClass testClass, MethodInfo method) : base(testClass, method, []) { }

        // The name of a test is made of that of its case, which has it already.
        string IXunitTestMethod.GetDisplayName(string baseDisplayName, string? label, object?[]? testMethodArguments, Type[]? methodGenericTypes) =>
            GetDisplayName(baseDisplayName.Replace(s_suffix, "", StringComparison.Ordinal), label, testMethodArguments, methodGenericTypes) + s_suffix;
    }
}
