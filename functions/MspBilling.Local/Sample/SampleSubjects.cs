namespace MspBilling.Local.Sample;

/// <summary>What tickets are about and what technicians write about them. {user}, {device} and {n} are filled in.</summary>
internal static class SampleSubjects
{
    private static readonly Reference HelpDesk = new(1, "Help Desk");
    private static readonly Reference Projects = new(2, "Projects");
    private static readonly Reference Security = new(3, "Security");

    public static readonly SampleSubject[] Support =
    [
        new(HelpDesk,
            ["Outlook keeps asking for the password", "Shared mailbox not visible", "Calendar not updating on phones"],
            [
                "Removed stale credentials on {device}, rebuilt the Outlook profile; {user} confirmed mail flows.",
                "Granted {user} full access to the shared mailbox; waited for automapping and checked.",
                "Re-enrolled the phone of {user}; calendar in step again after a forced sync.",
                "Traced a delayed message for {user} through the mail trace; it sat in quarantine, released it.",
                "Cleared {n} broken rules from the mailbox of {user}.",
                "Archived {n} GB of old mail for {user}; mailbox below its quota again.",
                "Licence had dropped off {user}; assigned it again and checked the other users of the group.",
            ]),
        new(HelpDesk,
            ["{device} slow since Monday", "{device} does not start", "New laptop for a starter"],
            [
                "Ran hardware diagnostics on {device}; SSD at {n} % life, ordered a replacement.",
                "Replaced the SSD in {device}, restored from last night's image.",
                "Updated BIOS, dock and graphics firmware on {device}; no freeze in an hour of testing.",
                "Enrolled {device} in Intune and installed the client's standard applications.",
                "Removed {n} start-up items and a second antivirus from {device}; boots in half the time.",
                "Talked {user} through the first sign-in and multi-factor set-up on {device}.",
                "Swapped the docking station of {user}; both screens work again.",
                "Upgraded {device} to 32 GB of memory and updated the inventory.",
            ]),
        new(HelpDesk,
            ["VPN drops every hour", "Meeting room Wi-Fi unreliable", "Internet slow in the afternoon"],
            [
                "Packet capture on the firewall: rekey failed after an hour; corrected the phase 2 lifetime.",
                "Moved the access point to channel {n}; signal in the meeting room is stable.",
                "Called the line's provider about packet loss; fault number taken, watching.",
                "Line repaired by the provider; measured throughput for 30 minutes, all good.",
                "Updated the VPN client for {user}, tested from a mobile hotspot.",
                "Found a loop on switch port {n}; disabled it and labelled the cable.",
                "Raised the limit for guest Wi-Fi and separated it from the office network.",
            ]),
        new(HelpDesk,
            ["Printer on the first floor offline", "Scan to e-mail stopped", "Labels print crooked"],
            [
                "Printer had a new address; reserved it and pointed the queue at it.",
                "Scan to e-mail uses modern authentication now; new connector set up and tested with {user}.",
                "Reinstalled the label driver on {device} and calibrated the media.",
                "Cleared {n} stuck jobs and restarted the spooler on {device}.",
                "Moved the printer queues from the old server to universal print.",
                "Toner contract: passed the counter reading on to the supplier.",
            ]),
        new(HelpDesk,
            ["Starter: account and access", "Leaver: close account", "Folder permissions wrong"],
            [
                "Created the account of {user}, groups and licence by the starter form.",
                "Blocked sign-in for {user}, converted the mailbox to shared, revoked {n} sessions.",
                "Corrected inherited rights on the finance folder; {user} sees it, sales no longer does.",
                "Password reset for {user} after a call back to the number on file.",
                "Added {user} to the distribution lists and two Teams.",
                "Cleaned up {n} stale accounts after sign-off by the client.",
                "Wrote down who owns which folder and sent the list to {user} for approval.",
            ]),
        new(HelpDesk,
            ["Backup of {device} failed", "Restore of a folder", "Backup storage nearly full"],
            [
                "Backup of {device} failed on a snapshot error; restarted the writer, ran it again, green.",
                "Restored {n} files for {user} from Tuesday's recovery point.",
                "Quarterly restore test of {device}: up in {n} minutes on the standby host, report filed.",
                "Added storage to the repository and shortened retention of the test machines.",
                "Seeded the off-site copy of {device} again after the line was changed.",
                "Backup agent on {device} updated; checked three nights of jobs.",
            ]),
        new(HelpDesk,
            ["{device} out of disk space", "Line-of-business application will not open", "Windows updates on {device}"],
            [
                "Grew the data volume of {device} by {n} GB; alert cleared.",
                "Rotated {n} old log files on {device} and set a limit.",
                "Patched {device} and restarted it in the agreed window; services checked.",
                "With the vendor on the line: rebuilt the application's index, {user} tested.",
                "Renewed the certificate on {device} and put its end date in the calendar.",
                "Service on {device} would not start after patching; rolled back one update.",
                "SQL maintenance plan on {device} had stopped in July; repaired and ran it.",
            ]),
        new(Security,
            ["Suspicious sign-in from abroad", "Phishing mail reported by several users", "Malware alert on {device}"],
            [
                "Sign-in of {user} from an unknown country: session revoked, password changed, no rule created.",
                "Searched and removed the phishing mail from {n} mailboxes.",
                "Isolated {device}, took a memory image, no lateral movement in the logs.",
                "Scanned {device} offline: nothing left; returned it to {user}.",
                "Blocked the sender's domain and {n} look-alike domains.",
                "Conditional access: legacy authentication blocked for the whole tenant.",
                "Reviewed {n} alerts of the week with the client; two were real, both closed.",
                "Wrote the incident report and went through it with {user}.",
            ]),
    ];

    public static readonly SampleSubject ProjectWork = new(Projects, [],
    [
        "Workshop with {user} on requirements; notes and open points sent.",
        "Built the pilot and tested it with {n} users.",
        "Scripted the move in batches of {n}; dry run without errors.",
        "Wrote the network and naming design, second draft.",
        "Set up policies and roles; reviewed them with a second engineer.",
        "Configured {n} switches and access points from the template.",
        "Replication running; checked consistency and bandwidth.",
        "Fixed {n} findings of the acceptance test.",
        "Infrastructure as code: modules for network and identity, peer-reviewed.",
        "Documented the operation handbook and the way back.",
        "Cut-over rehearsal with {user}; timings written down.",
    ]);

    public static readonly string[] ProjectLead =
    [
        "Weekly status call with {user}; minutes and actions sent.",
        "Updated the plan: {n} tasks done, next week's people booked.",
        "Checked the budget against hours worked; forecast sent to {user}.",
        "Risk list gone through with the team; {n} points open.",
        "Prepared the acceptance with {user} and sent the checklist.",
        "Agreed the window for the change with {user} and the suppliers.",
        "Change request written and priced; waits for {user}.",
    ];

    public static readonly string[] Internal =
    [
        "Team stand-up and ticket triage.",
        "Training: Azure administrator, module {n}.",
        "Weekly one-to-one.",
        "Documentation: tidied {n} articles in the knowledge base.",
        "Monitoring rules: silenced {n} noisy alerts.",
        "Time sheet and expenses.",
        "Lab: tested the new backup agent.",
        "Recruitment: interview for the service desk.",
    ];

    private static readonly Dictionary<string, string[]> Users = new()
    {
        ["ZOLWLOG"] = ["Katarzyna", "Paweł", "Zofia", "Łukasz", "Cian"],
        ["ATHENA"] = ["Ελένη", "Νίκος", "Δήμητρα", "Aoife", "Sean"],
        ["KYIVBAKE"] = ["Оксана", "Тарас", "Юлія", "Maeve"],
        ["Ireland"] = ["Aoife", "Cian", "Róisín", "Pádraig", "Grace", "Fionn", "Fatima"],
        ["Germany"] = ["Jürgen", "Käthe", "Lukas", "Frau Weiß", "Herr Özdemir"],
        ["United States"] = ["Dwayne", "Ashley", "Luis", "Priya", "Chen", "Maria", "José"],
    };

    /// <summary>First names of those who ring: the client's own where they are known, else those of its country.</summary>
    public static string[] UsersOf(SampleCompany client) => Users.TryGetValue(client.Identifier, out var own) ? own : Users[client.Place.Country];
}

internal sealed record SampleSubject(Reference Board, string[] Summaries, string[] Notes);
