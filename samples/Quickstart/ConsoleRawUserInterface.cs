using System.Management.Automation.Host;

namespace MailAdmin.Quickstart;

/// <summary>Width and height, which the formatter asks for; nothing else of a raw console is needed.</summary>
internal sealed class ConsoleRawUserInterface : PSHostRawUserInterface
{
    private const int RedirectedWidth = 120;

    public override Size BufferSize
    {
        get => new(Console.IsOutputRedirected ? RedirectedWidth : Math.Max(Console.WindowWidth, 60), 3000);
        set => throw NotSupported();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NotSupported();
    }

    public override Size MaxPhysicalWindowSize => BufferSize;
    public override Size MaxWindowSize => BufferSize;
    public override Coordinates CursorPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override Coordinates WindowPosition { get; set; }
    public override string WindowTitle { get; set; } = "MailAdmin";
    public override bool KeyAvailable => false;

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotSupported();
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotSupported();
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotSupported();
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotSupported();
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotSupported();

    private static NotSupportedException NotSupported() => new("The quickstart's host has no raw console.");
}
