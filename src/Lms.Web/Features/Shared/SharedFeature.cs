using System.Globalization;
using System.IO.Compression;
using Lms.Web.Features.Identity;
using Lms.Web.Features.Shared.Metrics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.WebEncoders;

namespace Lms.Web.Features.Shared;

/// <summary>What every page needs: Razor, languages, headers, errors, the style sheet.</summary>
public static class SharedFeature
{
    /// <summary>Languages of the user interface; a course has its own.</summary>
    public static readonly IReadOnlyList<string> Languages = ["en", "fr", "ar"];

    public static IServiceCollection AddShared(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSingleton(new SiteAddress(configuration["LMS:PublicUrl"]));
        services.AddRazorPages(options => options.RootDirectory = "/Features");
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = Markup.AllScripts);
        services.AddSingleton<DiskCheck>();
        services.AddSingleton<FileStoreCheck>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Unavailable.Explain);
        services.Configure<ExceptionHandlerOptions>(options => options.StatusCodeSelector = Unavailable.StatusOf);
        services.AddLocalization();
        services.AddTransient(typeof(IStringLocalizer<>), typeof(IsolatingLocalizer<>));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = Languages.Select(CultureInfo.GetCultureInfo).ToList();
            (options.SupportedCultures, options.SupportedUICultures) = (cultures, cultures);
            options.DefaultRequestCulture = new RequestCulture("en");
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider { CookieName = LanguageEndpoints.Cookie },
                new CustomRequestCultureProvider(context => Task.FromResult(
                    context.User.FindFirst(Access.LanguageClaim) is { } claim ? new ProviderCultureResult(claim.Value) : null)),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        services.AddMetricsText(configuration);
        services.AddLimits(configuration);
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "seedlot-form";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.HeaderName = "X-Form-Token";
        });
        services.Configure<CookieTempDataProviderOptions>(options => (options.Cookie.Name, options.Cookie.IsEssential) = (Notices.Cookie, true));
        services.AddResponseCompression(options =>
        {
            // Form tokens are masked anew in each page, which is what makes compressing over TLS safe (BREACH).
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        return services;
    }

    public static void UseShared(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", StatusCodeSelector = Unavailable.StatusOf });
        app.UseWhen(context => !Api.Wants(context), pages => pages.UseStatusCodePagesWithReExecute("/status/{0}"));
        app.UseApiProblems();
        app.UseHsts();
        app.UseSecurityHeaders();
        app.UseResponseCompression();
        app.UseKnownCharsets();
        app.UseStatusRouteTags();
        app.UseRouting();
    }

    public static void MapShared(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapLanguage();
        app.MapHealth();
        app.MapMetrics();
        // Without an endpoint of its own, an unknown address would fall to the sign-in policy and answer with a redirect.
        app.MapFallback("{*path}", () => Results.NotFound()).AllowAnonymous();
    }
}
