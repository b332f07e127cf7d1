using System.Buffers.Binary;

namespace Smallstep.Fleet.GitOps;

/// <summary>The images that Fleet takes as a logo: PNG, JPEG and WebP, told by how they begin, as far as Go's decoders look for the size.</summary>
internal static class LogoImage
{
    private const int MaxLength = 100 * 1024;
    private const int PngHead = 33;

    /// <summary>What fleetctl refuses about a file, or <see langword="null"/>.</summary>
    public static string? Error(ReadOnlySpan<byte> file) =>
        file.Length > MaxLength ? "logo must be 100KB or less"
        : IsPng(file) || IsJpeg(file) || IsWebP(file) ? null
        : "logo must be a valid PNG, JPEG, or WebP image";

    /// <summary>What the name of such an image ends in.</summary>
    public static string Extension(ReadOnlySpan<byte> file) => IsPng(file) ? "png" : IsJpeg(file) ? "jpg" : "webp";

    private static bool IsPng(ReadOnlySpan<byte> file) =>
        file.Length >= PngHead && file[0] == 0x89 && file[1..].StartsWith("PNG\r\n\x1a\n"u8) && file[12..].StartsWith("IHDR"u8);

    private static bool IsJpeg(ReadOnlySpan<byte> file)
    {
        if (file is not [0xFF, 0xD8, 0xFF, ..])
        {
            return false;
        }

        // The size stands in the first start-of-frame segment.
        for (int at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            byte marker = file[at + 1];
            if (marker is >= 0xC0 and <= 0xC2)
            {
                return true;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
        }

        return false;
    }

    private static bool IsWebP(ReadOnlySpan<byte> file) =>
        file.Length >= 16 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) && file[12..].StartsWith("VP8"u8);
}
