using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MspBilling.App.Api;

/// <summary>One endpoint, written once for both hosts: the local host maps it on Kestrel, the Azure host calls it from an HTTP trigger.</summary>
/// <param name="Route">Under <c>/api</c>, with placeholders, such as <c>invoices/{number}/pdf</c>.</param>
public sealed record Endpoint(string Method, string Route, Func<IServiceProvider, HttpRequest, CancellationToken, Task<IResult>> HandleAsync)
{
    internal static Endpoint Get<T>(string route, Func<T, HttpRequest, CancellationToken, Task<IResult>> handle)
        where T : class => Of("GET", route, handle);

    internal static Endpoint Post<T>(string route, Func<T, HttpRequest, CancellationToken, Task<IResult>> handle)
        where T : class => Of("POST", route, handle);

    internal static Endpoint Put<T>(string route, Func<T, HttpRequest, CancellationToken, Task<IResult>> handle)
        where T : class => Of("PUT", route, handle);

    private static Endpoint Of<T>(string method, string route, Func<T, HttpRequest, CancellationToken, Task<IResult>> handle)
        where T : class => new(method, route, (services, request, token) => handle(services.GetRequiredService<T>(), request, token));
}
