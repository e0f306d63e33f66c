using CasStore.Api.S3.Errors;
using CasStore.Api.S3.Routing;

namespace CasStore.Api.S3.Website;

/// <summary>One request to a website: what it is shown, or where it is sent.</summary>
/// <param name="site">The website.</param>
/// <param name="target">What the request names.</param>
/// <param name="trace">Learns of an error for which the website has a page.</param>
/// <param name="requestOf">The request for an object of a key.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html</remarks>
internal sealed class WebsiteVisit(
    WebsiteConfiguration site, RequestTarget target, RequestTrace trace, Func<string, S3Request> requestOf)
{
    private readonly string _key = target.Key ?? "";

    /// <summary>Answers it.</summary>
    /// <exception cref="S3Exception">It failed, and the website has no page to show for it.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        if (site.RedirectAll is { } all)
            Redirect(http, null, WebsiteLocation.OfAll(all, http.Request, _key, target.RawQuery));
        else if (site.FindRule(_key, status: null) is { } rule)
            Redirect(http, rule);
        else
            await ShowDocumentAsync(http);
    }

    private async Task ShowDocumentAsync(HttpContext http)
    {
        try
        {
            var document = await WebsiteDocument.FindAsync(requestOf(site.DocumentOf(_key)));
            if (document.RedirectLocation is { } location)
                Redirect(http, null, WebsiteLocation.OfObject(location));
            else
                await document.SendAsync();
        }
        catch (S3Exception error) when (IsError(error) && !http.Response.HasStarted)
        {
            if (site.IndexBelow(_key) is { } index && await WebsiteDocument.IsFolderAsync(requestOf(_key), index))
                Redirect(http, StatusCodes.Status302Found, WebsiteLocation.OfFolder(_key));
            else if (site.FindRule(_key, error.Error.Status) is { } rule)
                Redirect(http, rule);
            else
                await ShowErrorAsync(error);
        }
    }

    /// <summary>Shows the website's page for an error of the client, if it has one.</summary>
    private async Task ShowErrorAsync(S3Exception error)
    {
        if (site.ErrorKey is not { } key || error.Error.Status >= StatusCodes.Status500InternalServerError)
            throw error;
        WebsiteDocument page;
        try
        {
            page = await WebsiteDocument.FindAsync(requestOf(key));
        }
        catch (S3Exception further)
        {
            throw new S3Exception(error.Error, error.Message, [.. error.Details])
            {
                Headers = error.Headers,
                OfErrorDocument = further,
            };
        }
        trace.ErrorCode = error.Error.Code;
        await page.SendForAsync(error);
    }

    private static bool IsError(S3Exception outcome) => outcome.Error.Status >= StatusCodes.Status400BadRequest;

    private void Redirect(HttpContext http, RoutingRule rule) =>
        Redirect(http, rule.Redirect.Status, WebsiteLocation.OfRule(rule, http.Request, _key));

    private static void Redirect(HttpContext http, int? status, string location)
    {
        http.Response.StatusCode = status ?? StatusCodes.Status301MovedPermanently;
        http.Response.Headers.Location = location;
        // A 304 has no body to tell the length of, and would tell that of another answer.
        if (status != StatusCodes.Status304NotModified)
            http.Response.ContentLength = 0;
    }
}
