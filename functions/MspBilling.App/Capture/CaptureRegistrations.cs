using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Capture.Autotask;
using MspBilling.Adapters.Capture.ConnectWise;
using MspBilling.Adapters.Capture.HaloPsa;
using MspBilling.Adapters.Capture.PartnerCenter;
using MspBilling.Adapters.Capture.Pax8;
using MspBilling.App.Agreements;

namespace MspBilling.App.Capture;

/// <summary>What capture is made of, in the order in which records come in.</summary>
internal static class CaptureRegistrations
{
    public static IServiceCollection AddCapture(this IServiceCollection services, IConfiguration configuration) => services
        .AddSources(configuration.GetSection("Sources"))
        .AddStoring()
        .AddPulling(configuration)
        .AddWebhooks(configuration)
        .AddDrop(configuration)
        .AddUsage(configuration)
        .AddDecisions();

    private static IServiceCollection AddSources(this IServiceCollection services, IConfigurationSection sources) => services
        .AddConnectWise(sources.GetSection(ConnectWiseOptions.Section))
        .AddAutotask(sources.GetSection(AutotaskOptions.Section))
        .AddHaloPsa(sources.GetSection(HaloPsaOptions.Section))
        .AddPartnerCenter(sources.GetSection(PartnerCenterOptions.Section))
        .AddPax8(sources.GetSection(Pax8Options.Section))
        .AddSingleton<SourceEndpoints>();

    private static IServiceCollection AddStoring(this IServiceCollection services) => services
        .AddSingleton<ClosedPeriods>()
        .AddSingleton<UsageRestatement>()
        .AddSingleton<ImportSessions>()
        .AddSingleton<PageKeeper>()
        .AddSingleton<CountSnapshots>()
        .AddSingleton<AgreementAdmission>()
        .AddSingleton<AgreementEndpoints>()
        .AddSingleton<ImportJob>()
        .AddSingleton<ImportEndpoint>();

    private static IServiceCollection AddPulling(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton((configuration.GetSection(PullOptions.Section).Get<PullOptions>() ?? new PullOptions()).Checked())
        .AddSingleton<FeedPull>()
        .AddSingleton<Sweep>()
        .AddSingleton<PullJob>()
        .AddSingleton<PullRunner>()
        .AddSingleton<IScheduledJob, PullTimer>();

    private static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton((configuration.GetSection(WebhookOptions.Section).Get<WebhookOptions>() ?? new WebhookOptions()).Checked())
        .AddSingleton<WebhookArrivals>()
        .AddSingleton<WebhookInbox>()
        .AddSingleton<WebhookEndpoint>()
        .AddSingleton<WebhookFetch>()
        .AddSingleton<WebhookHandler>()
        .AddSingleton<WebhookPump>()
        .AddSingleton<WebhookStart>()
        .AddSingleton<IScheduledJob, WebhookTimer>();

    private static IServiceCollection AddDrop(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton((configuration.GetSection(DropOptions.Section).Get<DropOptions>() ?? new DropOptions()).Checked())
        .AddSingleton<DropJob>()
        .AddSingleton<IScheduledJob, DropTimer>();

    private static IServiceCollection AddUsage(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton((configuration.GetSection(UsageOptions.Section).Get<UsageOptions>() ?? new UsageOptions()).Checked())
        .AddSingleton<UsageLimiter>()
        .AddSingleton<UsageIntake>()
        .AddSingleton<UsageEndpoint>();

    private static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<MappingJob>()
        .AddSingleton<MappingEndpoints>()
        .AddSingleton<HoldDecisions>()
        .AddSingleton<HoldHistory>()
        .AddSingleton<HoldReader>()
        .AddSingleton<HoldDecisionEndpoints>()
        .AddSingleton<HoldEndpoint>();
}
