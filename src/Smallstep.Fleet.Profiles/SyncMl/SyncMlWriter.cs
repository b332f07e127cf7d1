using System.Buffers;

namespace Smallstep.Fleet.Profiles;

/// <summary>Writes SyncML straight into UTF-8.</summary>
internal ref struct SyncMlWriter(IBufferWriter<byte> output)
{
    private Utf8Output _output = new(output);

    public void Write(SyncMlDocument document)
    {
        for (int i = 0; i < document.Commands.Count; i++)
        {
            WriteCommand(document.Commands[i], 0);
        }

        _output.Flush();
    }

    private void WriteCommand(SyncMlCommand command, int depth)
    {
        Blanks(depth);
        _output.Raw(command.Verb switch
        {
            SyncMlVerb.Replace => "<Replace>\n"u8,
            SyncMlVerb.Add => "<Add>\n"u8,
            SyncMlVerb.Exec => "<Exec>\n"u8,
            _ => "<Atomic>\n"u8,
        });
        Leaf(depth + 1, "<CmdID>"u8, command.CommandId, "</CmdID>\n"u8);
        for (int i = 0; i < command.Items.Count; i++)
        {
            WriteItem(command.Items[i], depth + 1);
        }

        for (int i = 0; i < command.Commands.Count; i++)
        {
            WriteCommand(command.Commands[i], depth + 1);
        }

        Other(depth + 1, command.OtherXml);
        Blanks(depth);
        _output.Raw(command.Verb switch
        {
            SyncMlVerb.Replace => "</Replace>\n"u8,
            SyncMlVerb.Add => "</Add>\n"u8,
            SyncMlVerb.Exec => "</Exec>\n"u8,
            _ => "</Atomic>\n"u8,
        });
    }

    private void WriteItem(SyncMlItem item, int depth)
    {
        Blanks(depth);
        _output.Raw("<Item>\n"u8);
        if (item.LocUri is not null || item.OtherTargetXml.Length > 0)
        {
            Blanks(depth + 1);
            _output.Raw("<Target>\n"u8);
            Leaf(depth + 2, "<LocURI>"u8, item.LocUri, "</LocURI>\n"u8);
            Other(depth + 2, item.OtherTargetXml);
            Blanks(depth + 1);
            _output.Raw("</Target>\n"u8);
        }

        if (item.Format is not null || item.Type is not null || item.OtherMetaXml.Length > 0)
        {
            Blanks(depth + 1);
            _output.Raw("<Meta>\n"u8);
            Leaf(depth + 2, "<Format xmlns=\"syncml:metinf\">"u8, item.Format, "</Format>\n"u8);
            Leaf(depth + 2, "<Type xmlns=\"syncml:metinf\">"u8, item.Type, "</Type>\n"u8);
            Other(depth + 2, item.OtherMetaXml);
            Blanks(depth + 1);
            _output.Raw("</Meta>\n"u8);
        }

        Leaf(depth + 1, "<Data>"u8, item.Data, "</Data>\n"u8);
        Other(depth + 1, item.OtherXml);
        Blanks(depth);
        _output.Raw("</Item>\n"u8);
    }

    private void Leaf(int depth, ReadOnlySpan<byte> open, string? text, ReadOnlySpan<byte> close)
    {
        if (text is not null)
        {
            Blanks(depth);
            _output.Element(open, text, close);
        }
    }

    private void Other(int depth, string xml)
    {
        if (xml.Length > 0)
        {
            Blanks(depth);
            _output.Verbatim(xml);
            _output.Raw("\n"u8);
        }
    }

    private void Blanks(int depth)
    {
        _output.Reserve(depth * 2)[..(depth * 2)].Fill((byte)' ');
        _output.Advance(depth * 2);
    }
}
