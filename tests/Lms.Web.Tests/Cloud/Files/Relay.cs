using System.Net;
using System.Net.Sockets;

namespace Lms.Web.Tests.Cloud.Files;

/// <summary>Stands between a site and Azurite, and can be away.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly IPEndPoint _own;
    private readonly List<TcpClient> _clients = [];
    private TcpListener _listener;

    /// <summary>Sends the site that has these settings through it.</summary>
    public Relay(Dictionary<string, string?> settings)
    {
        var connection = settings["LMS:Files:ConnectionString"]!;
        var endpoint = new Uri(connection.Split("BlobEndpoint=")[1].TrimEnd(';'));
        _target = new IPEndPoint(IPAddress.Loopback, endpoint.Port);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _own = (IPEndPoint)_listener.LocalEndpoint;
        settings["LMS:Files:ConnectionString"] = connection.Replace($":{endpoint.Port}/", $":{_own.Port}/", StringComparison.Ordinal);
        _ = AcceptAsync(_listener);
    }

    public void Close()
    {
        _listener.Stop();
        lock (_clients) foreach (var client in _clients) client.Close();
    }

    public void Open()
    {
        _listener = new TcpListener(_own);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            for (; ; ) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is away.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        lock (_clients) _clients.AddRange([client, server]);
        try
        {
            await server.ConnectAsync(_target);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception broken) when (broken is IOException or SocketException or ObjectDisposedException)
        {
            // Either side went.
        }
    }
}
