using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Lms.Web.Features.Xapi.Protocol;

/// <summary>
/// The alternate request syntax of 1.0.x: any request as a POST whose form holds its parameters, headers and content. (Communication 1.3)
/// </summary>
internal static class AlternateRequest
{
    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];

    private static readonly Dictionary<string, string> Headers = new[]
    {
        "Authorization", XapiVersions.Header, "Content-Type", "Content-Length", "If-Match", "If-None-Match", "Accept", "Accept-Language", "Accept-Encoding",
    }.ToDictionary(h => h, StringComparer.OrdinalIgnoreCase);

    public static bool IsOne(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Query.ContainsKey("method");

    /// <summary>Makes the request what its form says, or says why not.</summary>
    public static async Task<IResult?> ApplyAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await FaultAsync(request, ct) is { } fault
                ? XapiProblem.Of("method", fault, "Send POST ?method=… with a form of the request's parameters, headers and “content”.", requirement: "XAPI-00336")
                : null;
        }
        catch (BadHttpRequestException bad)
        {
            return XapiException.AnswerTo(bad);
        }
    }

    private static async Task<string?> FaultAsync(HttpRequest request, CancellationToken ct)
    {
        if (XapiVersions.Parse(request.Headers[XapiVersions.Header].ToString()) == Lms.Standards.Xapi.XapiVersion.V2) return "The alternate request syntax is no part of 2.0.";
        if (request.Query.Count != 1) return "A request in the alternate syntax has another parameter beside “method”.";
        var method = request.Query["method"].ToString();
        if (!Methods.Contains(method)) return $"The method “{XapiProblem.Cut(method)}” is not known.";
        if (!request.HasFormContentType) return "A request in the alternate syntax is no form.";

        IFormCollection form;
        try
        {
            form = await new FormFeature(request, new FormOptions { ValueLengthLimit = BodyLimits.Form, BufferBodyLengthLimit = BodyLimits.Form }).ReadFormAsync(ct);
        }
        catch (InvalidDataException)
        {
            return "The form can't be read.";
        }
        if (form.Any(field => field.Value.Count != 1)) return "A field of the form occurs twice.";
        if (method is "PUT" or "POST" && !form.ContainsKey("content")) return "The form has no “content”.";
        Become(request, method, form);
        return null;
    }

    private static void Become(HttpRequest request, string method, IFormCollection form)
    {
        request.Method = method;
        // Nothing of the form's own wrapping is the request's.
        request.Headers.Remove("Content-Type");
        request.ContentLength = null;
        var query = "";
        foreach (var (name, value) in form)
        {
            if (name.Equals("content", StringComparison.Ordinal)) continue;
            if (Headers.TryGetValue(name, out var header))
            {
                if (header != "Content-Length") request.Headers[header] = value;
            }
            else query = QueryHelpers.AddQueryString(query, name, value.ToString());
        }
        request.QueryString = new QueryString(query);
        var content = Encoding.UTF8.GetBytes(form["content"].ToString());
        if (content.Length > 0 && !request.Headers.ContainsKey("Content-Type")) request.ContentType = "application/json";
        request.Body = new MemoryStream(content);
        request.ContentLength = content.Length;
    }
}
