using System.Text;
using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class Sha224Tests
{
    /// <summary>The examples of NIST for FIPS 180-4, and an empty message.</summary>
    [Theory]
    [InlineData("", 1, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", 1, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    [InlineData("a", 1_000_000, "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67")]
    public void The_published_examples_come_out(string text, int times, string hash) =>
        Assert.Equal(hash, Hash(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)))));

    /// <summary>Around the places where the length no longer fits into the block.</summary>
    [Theory]
    [InlineData(55, "8991dfba74284e04dc7581c7c3e4068ff6cb7a63733361429834bb56")]
    [InlineData(56, "2b2cd637c16ad7290bb067ad7d8fd04e204fa43a84366afc7130f4ef")]
    [InlineData(63, "049e8dd7eab3378ce9f823bfb569e5b270235d4b7f9623606971998f")]
    [InlineData(64, "c37b88a3522dbf7ac30d1c68ea397ac11d4773571aed01ddab73531e")]
    [InlineData(65, "114b5fd665736a96585c5d5837d35250aed73c725252cbf7f8b121f6")]
    [InlineData(119, "762f18c0df65c3d0ea64126c8a6e51db4425e76d4d969ed0f83899be")]
    [InlineData(120, "d022deb78772a77e8b91d68f90ca1f636e8fe047ae219434ced18eef")]
    [InlineData(1000, "c182669a7f6629dc7fd8a9198f15af15adbbaeffa1842e854f681357")]
    public void Every_length_is_padded_right(int length, string hash) => Assert.Equal(hash, Hash([.. Enumerable.Range(0, length).Select(i => (byte)(i % 251))]));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(Sha224.HashData(bytes));
}
