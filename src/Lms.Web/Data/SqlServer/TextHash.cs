using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace Lms.Web.Data.SqlServer;

/// <summary>A column beside a text that may be longer than a key: its SHA-256, written with a row and never changed.</summary>
internal sealed class TextHash(string text) : ValueGenerator<byte[]>
{
    public override bool GeneratesTemporaryValues => false;

    public static byte[] Of(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    public override byte[] Next(EntityEntry entry) => Of((string)entry.Property(text).CurrentValue!);

    /// <summary>Adds the column <paramref name="name"/>, which hashes the text.</summary>
    public static void Add<T>(EntityTypeBuilder<T> entity, string name, string text)
        where T : class =>
        entity.Property<byte[]>(name).HasMaxLength(SHA256.HashSizeInBytes).IsFixedLength().IsRequired().ValueGeneratedOnAdd()
            .HasValueGenerator((_, _) => new TextHash(text));
}
