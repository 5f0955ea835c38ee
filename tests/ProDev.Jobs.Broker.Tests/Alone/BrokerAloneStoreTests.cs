using ProDev.Jobs.Conformance;

namespace ProDev.Jobs.Broker.Tests;

/// <summary>A broker alone and without any extra: the cases that need no ability.</summary>
public sealed class BrokerAloneOrderTests : StoreOrderTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

public sealed class BrokerAloneLeaseTests : StoreLeaseTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

public sealed class BrokerAloneConcurrencyTests : StoreConcurrencyTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

public sealed class BrokerAloneWakeTests : StoreWakeTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

public sealed class BrokerAloneEnvelopeTests : StoreEnvelopeTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

public sealed class BrokerAloneExpiryTests : StoreExpiryTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Plain(time);
}

/// <summary>A broker that orders by priority and delays messages can do that much more.</summary>
public sealed class BrokerAlonePriorityTests : StorePriorityTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Rich(time);
}

public sealed class BrokerAloneDelayTests : StoreDelayTests
{
    protected override IJobStore CreateStore(TimeProvider time) => AloneStores.Rich(time);
}

internal static class AloneStores
{
    private const int WideWindow = 5000;

    public static IJobStore Plain(TimeProvider time) => new BrokerJobStore(new TestBroker(time, hasDelays: false, hasPriorities: false), time, WideWindow);

    public static IJobStore Rich(TimeProvider time) => new BrokerJobStore(new TestBroker(time), time, WideWindow);
}
