using System.Collections.Concurrent;
using System.Collections.Immutable;
using MailAdmin.Tests.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAdmin.Tests.Conventions;

/// <summary>The source files of one project, compiled once, so that tests can ask which file refers to which.</summary>
internal sealed class SourceProject
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly ConcurrentDictionary<string, Lazy<SourceProject>> s_projects = new();
    private readonly string _folder;
    private readonly CSharpCompilation _compilation;

    private SourceProject(string name)
    {
        Name = name;
        _folder = ProjectRoot.File("src", name) + Path.DirectorySeparatorChar;
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        Files = [.. Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsGenerated(file))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file))];
        _compilation = CSharpCompilation.Create(name, [.. Files, CSharpSyntaxTree.ParseText(ImplicitUsings, options)], References(name));
    }

    public string Name { get; }

    public ImmutableArray<SyntaxTree> Files { get; }

    public static SourceProject Read(string name) => s_projects.GetOrAdd(name, key => new Lazy<SourceProject>(() => new SourceProject(key))).Value;

    /// <summary>The folder of a file, relative to the project's; empty for the project's own.</summary>
    public string FolderOf(SyntaxTree file) => FolderOf(file.FilePath);

    /// <summary>The path of a file, relative to the project's folder, with slashes.</summary>
    public string PathOf(SyntaxTree file) => Relative(file.FilePath);

    /// <summary>The types that a file declares outside other types.</summary>
    public IEnumerable<INamedTypeSymbol> TypesOf(SyntaxTree file)
    {
        SemanticModel model = _compilation.GetSemanticModel(file);
        return file.GetRoot().DescendantNodes(node => node is not TypeDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Select(node => (INamedTypeSymbol)model.GetDeclaredSymbol(node)!);
    }

    /// <summary>Every reference from one folder to another, with the file that makes it and the file that it is to.</summary>
    public IEnumerable<Arrow> ArrowsBetweenFolders()
    {
        foreach (SyntaxTree file in Files)
        {
            foreach (string target in TargetsOf(file).Distinct())
            {
                var arrow = new Arrow(FolderOf(file), FolderOf(target), PathOf(file), Relative(target));
                if (arrow.From != arrow.To)
                {
                    yield return arrow;
                }
            }
        }
    }

    /// <summary>Every value that is written into a text without a culture being named, with the place: in an interpolated string, or by <c>+</c>.</summary>
    public IEnumerable<(string Place, ITypeSymbol Type, bool HasFormat)> WrittenValues()
    {
        foreach (SyntaxTree file in Files)
        {
            SemanticModel model = _compilation.GetSemanticModel(file);
            foreach (SyntaxNode node in file.GetRoot().DescendantNodes())
            {
                (ExpressionSyntax? Value, bool HasFormat)[] values = node switch
                {
                    // string.Create takes a handler in place of a string, and the culture with it.
                    InterpolatedStringExpressionSyntax text when model.GetTypeInfo(text).ConvertedType?.SpecialType == SpecialType.System_String =>
                        [.. text.Contents.OfType<InterpolationSyntax>().Select(hole => ((ExpressionSyntax?)hole.Expression, hole.FormatClause is not null))],
                    BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) && model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String =>
                        [(sum.Left, false), (sum.Right, false)],
                    _ => [],
                };
                foreach ((ExpressionSyntax? value, bool hasFormat) in values)
                {
                    if (value is not null && model.GetTypeInfo(value).Type is { } type)
                    {
                        yield return ($"{PathOf(file)}:{file.GetLineSpan(value.Span).StartLinePosition.Line + 1} {value}", type, hasFormat);
                    }
                }
            }
        }
    }

    private IEnumerable<string> TargetsOf(SyntaxTree file)
    {
        SemanticModel model = _compilation.GetSemanticModel(file);
        foreach (SimpleNameSyntax name in file.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
            INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
            foreach (SyntaxReference declaration in type?.OriginalDefinition.DeclaringSyntaxReferences ?? [])
            {
                if (declaration.SyntaxTree.FilePath.StartsWith(_folder, StringComparison.Ordinal))
                {
                    yield return declaration.SyntaxTree.FilePath;
                }
            }
        }
    }

    private string FolderOf(string file) => Path.GetDirectoryName(Relative(file))!.Replace('\\', '/');

    private string Relative(string file) => Path.GetRelativePath(_folder, file).Replace('\\', '/');

    private static bool IsGenerated(string file) =>
        file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin");

    private static IEnumerable<MetadataReference> References(string project) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>A reference from a file of one folder to a file of another.</summary>
    internal sealed record Arrow(string From, string To, string File, string Target);
}
