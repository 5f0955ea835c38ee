using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace ProDev.Caching.Tests;

/// <summary>A mutable value whose serializer fails when a test wants it to.</summary>
internal sealed class Box
{
    public string Text { get; set; } = string.Empty;

    internal sealed class Serializer : IHybridCacheSerializer<Box>
    {
        public Func<string, bool> FailsToWrite { get; set; } = static _ => false;

        public bool FailsToRead { get; set; }

        public ServiceProvider Services() => new ServiceCollection().AddSingleton<IHybridCacheSerializer<Box>>(this).BuildServiceProvider();

        public Box Deserialize(ReadOnlySequence<byte> source) =>
            FailsToRead ? throw new InvalidDataException("unreadable") : new Box { Text = Encoding.UTF8.GetString(source.ToArray()) };

        public void Serialize(Box value, IBufferWriter<byte> target)
        {
            if (FailsToWrite(value.Text))
                throw new InvalidDataException("unwritable");
            target.Write(Encoding.UTF8.GetBytes(value.Text));
        }
    }
}
