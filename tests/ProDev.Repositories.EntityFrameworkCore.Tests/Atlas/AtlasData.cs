namespace ProDev.Repositories.EntityFrameworkCore.Tests;

/// <summary>Makes cities as they are: names in many scripts, most values shared by many rows, and many unknown.</summary>
public static class AtlasData
{
    public const int Cities = 2000;

    private static readonly string[] Names =
    [
        "Paris", "San José", "São Paulo", "Zürich", "Łódź", "Reykjavík", "Đà Nẵng", "Ağrı", "Tromsø", "ʻEwa",
        "Москва", "Київ", "Αθήνα", "Երևան", "თბილისი", "القاهرة", "تهران", "ירושלים", "मुंबई", "ঢাকা",
        "சென்னை", "กรุงเทพ", "ភ្នំពេញ", "東京", "北京市", "서울", "አዲስ አበባ", "'s-Hertogenbosch", "a", "Z", "é", "e\u0301", "𠮷野",
    ];

    private static readonly string[] Countries = ["BR", "CN", "DE", "EG", "FR", "IN", "JP"];

    public static IEnumerable<City> Generate(int count = Cities, int seed = 20261123)
    {
        var random = new Random(seed);
        var start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var id = 1; id <= count; id++)
        {
            yield return new City
            {
                Id = id,
                Name = Names[random.Next(Names.Length)] + (random.Next(3) == 0 ? $" {random.Next(20)}" : string.Empty),
                Country = Countries[(int)(Math.Pow(random.NextDouble(), 2) * Countries.Length)],
                Region = random.Next(3) == 0 ? null : $"R{random.Next(40)}",
                Population = random.Next(4) == 0 ? null : random.Next(60) * 1000,
                Elevation = random.Next(3) == 0 ? null : random.Next(25) / 4.0,
                Founded = random.Next(2) == 0 ? null : new DateOnly(1000 + random.Next(30), 1, 1),
                Added = start.AddHours(random.Next(50)),
                IsCapital = random.Next(10) == 0,
                Rank = (Rank)random.Next(4),
                RankText = (Rank)random.Next(4),
                Token = new Guid(random.Next(12), 0, 0, new byte[8]),
                Code = new CityCode($"C{(id * 7919L) % 1_000_003:D7}"),
                Location = new Location { Latitude = random.Next(-90, 90), Depth = random.Next(2) == 0 ? null : random.Next(9) },
                DistrictId = 1 + random.Next(20),
                Tags = { new CityTag { Text = $"first {id}" }, new CityTag { Text = $"second {id}" } },
            };
        }
    }
}
