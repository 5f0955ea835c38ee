using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ProDev.Services.Tests;

[Trait("Requires", "RabbitMQ")]
public sealed class RabbitMQTests
{
    [Fact]
    public async Task ConfirmedMessageIsDeliveredFromADurableQueue()
    {
        var factory = new ConnectionFactory { Uri = new Uri(TestServices.RabbitMQ) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var queue = $"probe-{Guid.NewGuid():n}";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        try
        {
            // With confirmations on, the publish completes when the broker has taken responsibility.
            await channel.BasicPublishAsync(
                exchange: "", queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes("message"));

            var delivered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += async (_, message) =>
            {
                var text = Encoding.UTF8.GetString(message.Body.Span);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
                delivered.TrySetResult(text);
            };
            await channel.BasicConsumeAsync(queue, autoAck: false, consumer);

            Assert.Equal("message", await delivered.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        }
        finally
        {
            await channel.QueueDeleteAsync(queue);
        }
    }
}
