using Lms.Web.Data;
using Lms.Web.Features.Shared;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Lms.Web.Features.Identity;

public static class IdentityFeature
{
    /// <summary>The scheme that chooses another one by the address of the request.</summary>
    public const string ByAddress = nameof(ByAddress);

    public static IServiceCollection AddIdentityFeature(this IServiceCollection services, IConfiguration configuration)
    {
        AddAccounts(services);
        services.AddAuthentication(ByAddress)
            // The API knows only bearer tokens, all else only cookies: neither can stand in for the other.
            .AddPolicyScheme(ByAddress, null, policy => policy.ForwardDefaultSelector = context =>
                Api.Wants(context) ? ApiTokenHandler.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.SchemeName, null)
            .AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(Cookie));
        services.AddAuthorization(Policies.AddPolicies);
        ApiDescription.Add(services);

        services.AddScoped<FirstAdministrator>();
        services.AddScoped<Accounts>();
        services.AddScoped<SignIns>();
        services.AddScoped<UsedCodes>();
        services.AddScoped<Invitations>();
        services.AddScoped<ApiTokens>();
        services.AddScoped<PeopleList>();
        services.AddScoped<UserImport>();
        services.AddScoped<PersonAdministration>();
        services.AddSingleton<Strangers>();
        return services;
    }

    public static void MapIdentity(this IEndpointRouteBuilder app)
    {
        UsersApi.Map(Api.Group(app));
        ApiDescription.Map(app);
    }

    /// <summary>After authentication: says whose rows the request may see.</summary>
    public static IApplicationBuilder UseCentreScope(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<CentreScope>().Enter(context.User);
            return next(context);
        });

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                // The user name is the e-mail address, which may hold an apostrophe or letters of any script.
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = 10;
                // Length is what counts (NIST SP 800-63B 5.1.1.2); composition rules only make people write passwords down.
                options.Password.RequireDigit = options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredUniqueChars = 4;
                options.Lockout.MaxFailedAccessAttempts = 6;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddEntityFrameworkStores<LmsDbContext>()
            .AddSignInManager<PersonSignIn>()
            .AddErrorDescriber<IdentityErrors>()
            .AddPasswordValidator<LongestPasswordValidator>()
            .AddDefaultTokenProviders()
            .AddClaimsPrincipalFactory<PersonClaims>();
        services.AddScoped(provider => (PersonSignIn)provider.GetRequiredService<SignInManager<Person>>());
        // A passkey stands for both steps, so the device must have checked its owner; and it must be found without typing an address.
        services.Configure<IdentityPasskeyOptions>(options => (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required"));
        // Within a minute a session feels that its person was shut out, or has other roles.
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(1));
    }

    private static bool IsFresh(CookieValidatePrincipalContext context)
    {
        var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value;
        return context.Properties.IssuedUtc is { } issued && (options.TimeProvider ?? TimeProvider.System).GetUtcNow() - issued <= options.ValidationInterval;
    }

    private static void Cookie(CookieAuthenticationOptions cookie)
    {
        cookie.LoginPath = "/account/sign-in";
        cookie.AccessDeniedPath = "/status/403";
        cookie.ReturnUrlParameter = "return";
        cookie.Cookie.Name = "seedlot";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
        cookie.SlidingExpiration = true;
        // The framework would make all of Identity and a database context for each request, only to see that it is not time yet.
        var validate = cookie.Events.OnValidatePrincipal;
        cookie.Events.OnValidatePrincipal = context => IsFresh(context) ? Task.CompletedTask : validate(context);
        // The framework would put the host that the request names, which a proxy may not know and anybody may invent, into the address.
        cookie.Events.OnRedirectToLogin = cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
            return Task.CompletedTask;
        };
    }
}
