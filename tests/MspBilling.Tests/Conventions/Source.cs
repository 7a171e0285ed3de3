using System.Text.RegularExpressions;

namespace MspBilling.Tests.Conventions;

/// <summary>The source tree, found by walking up to the solution.</summary>
internal static partial class Source
{
    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>Files of a folder and below it, without what a build makes.</summary>
    public static IReadOnlyList<SourceFile> Files(string folder, string pattern = "*.cs")
    {
        var path = Path.Combine(Root.FullName, folder);
        return !Directory.Exists(path) ? [] :
        [
            .. Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root.FullName, file).Replace('\\', '/'))
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
                .Order(StringComparer.Ordinal)
                .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root.FullName, file)))),
        ];
    }

    /// <summary>Folders directly in a folder, none where it is not there.</summary>
    public static IReadOnlyList<string> Folders(string folder)
    {
        var path = Path.Combine(Root.FullName, folder);
        return !Directory.Exists(path) ? [] : [.. Directory.GetDirectories(path).Select(each => Path.GetFileName(each)!).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];
    }

    /// <summary>Where a pattern is found, as <c>file:line: text</c>.</summary>
    public static IReadOnlyList<string> Hits(IEnumerable<SourceFile> files, Regex pattern) =>
    [
        .. from file in files
           from Match match in pattern.Matches(file.Text)
           let line = file.Text.AsSpan(0, match.Index).Count('\n')
           select $"{file.Path}:{line + 1}: {file.Text.Split('\n')[line].Trim()}",
    ];

    /// <summary>The code alone: comments and the text of literals are blanked out, lines stay where they are.</summary>
    public static SourceFile CodeOf(SourceFile file) =>
        file with { Text = CommentsAndLiterals().Replace(file.Text, match => new string([.. match.Value.Select(c => c == '\n' ? c : ' ')])) };

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (folder.EnumerateFiles("*.sln").Any())
                return folder;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds the solution.");
    }

    [GeneratedRegex("""
        "{3,}(?:.|\n)*?"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*(?:.|\n)*?\*/
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex CommentsAndLiterals();
}

internal sealed record SourceFile(string Path, string Text);
