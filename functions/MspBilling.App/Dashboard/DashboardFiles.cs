using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace MspBilling.App.Dashboard;

/// <summary>Serves the dashboard's built files, which are embedded in this assembly.</summary>
/// <remarks>
/// The page is asked for anew each time and names its assets by their content; an asset therefore never changes and may
/// be kept for ever.
/// </remarks>
public static class DashboardFiles
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, DashboardFile> Files = ReadAll();

    /// <summary>Maps the page at <c>/</c>, its files at <c>/assets</c> and their licences at <c>/licenses.md</c>.</summary>
    public static IEndpointRouteBuilder MapDashboard(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", Page).ExcludeFromDescription();
        endpoints.MapGet("/licenses.md", Licenses).ExcludeFromDescription();
        endpoints.MapGet("/assets/{name}", Asset).ExcludeFromDescription();
        return endpoints;
    }

    /// <summary>The page itself.</summary>
    public static IResult Page(HttpContext http) => Serve(http, "index.html", "no-cache");

    /// <summary>The licences of the packages that the page is built from.</summary>
    public static IResult Licenses(HttpContext http) => Serve(http, "licenses.md", "no-cache");

    /// <summary>One of the files the page asks for.</summary>
    public static IResult Asset(HttpContext http, string name) => Serve(http, $"assets/{name}", "public, max-age=31536000, immutable");

    private static IResult Serve(HttpContext http, string path, string caching)
    {
        if (!Files.TryGetValue(path, out var file))
            return Results.Problem($"The dashboard has no file \"{path}\".", statusCode: StatusCodes.Status404NotFound);

        var headers = http.Response.Headers;
        headers.CacheControl = caching;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(file.Content, file.ContentType, entityTag: file.Tag);
    }

    // The resources are named "Dashboard/index.html", "Dashboard/assets/..." by the project file.
    private static FrozenDictionary<string, DashboardFile> ReadAll()
    {
        const string folder = "Dashboard/";
        var assembly = typeof(DashboardFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[folder.Length..], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static DashboardFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..8])}\"");
        return new DashboardFile(content, ContentTypeOf(name), tag);
    }

    private static string ContentTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    private sealed record DashboardFile(byte[] Content, string ContentType, EntityTagHeaderValue Tag);
}
