using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Accounting;
using MspBilling.App;
using MspBilling.App.Api;
using MspBilling.Local.Hosting;
using Xunit;

namespace MspBilling.Tests.Conventions;

/// <summary>What exists is used: each connector, endpoint and timer that reflection finds is registered in the host that runs it.</summary>
public sealed class RegistrationTests : IDisposable
{
    // Nothing is asked of the storage: only the program is put together.
    private readonly Microsoft.AspNetCore.Builder.WebApplication _host = LocalHost.Build(new ConfigurationBuilder().Build(), 0);

    [Fact]
    public void Timers_AreAllRegistered() => Assert.Equal(
        Implementations<IScheduledJob>(), _host.Services.GetServices<IScheduledJob>().Select(job => job.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void AccountingSystems_AreAllRegistered() => Assert.Equal(
        Implementations<IAccountingSystem>(), _host.Services.GetServices<IAccountingSystem>().Select(system => system.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Endpoints_AreAllMappedAndResolve()
    {
        var classes = typeof(Endpoint).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsPublic: true } && (type.Name.EndsWith("Endpoint", StringComparison.Ordinal) || type.Name.EndsWith("Endpoints", StringComparison.Ordinal)))
            .Where(type => type != typeof(Endpoint) && type != typeof(Endpoints))
            .ToList();
        Assert.NotEmpty(classes);
        Assert.All(classes, type => Assert.NotNull(_host.Services.GetService(type)));

        // Every answer that an endpoint class can give is in the table: a public method that returns a result is somebody's route.
        var answers = classes.Sum(type => type.GetMethods().Count(method => method.DeclaringType == type && method.ReturnType == typeof(Task<Microsoft.AspNetCore.Http.IResult>)));
        Assert.Equal(answers, Endpoints.All.Count);
        Assert.Equal(Endpoints.All.Count, Endpoints.All.Select(e => (e.Method, e.Route)).Distinct().Count());
    }

    public void Dispose() => ((IDisposable)_host).Dispose();

    private static IEnumerable<string> Implementations<T>() => typeof(T).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
        .Select(type => type.Name)
        .Order(StringComparer.Ordinal);
}
