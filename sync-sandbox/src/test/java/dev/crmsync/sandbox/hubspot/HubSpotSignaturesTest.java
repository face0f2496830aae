package dev.crmsync.sandbox.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubSpotSignaturesTest {
    private static final String SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    private static final String URI = "https://www.example.com/webhook_uri";
    private static final String BODY = "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,"
            + "\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,"
            + "\"objectId\":123,\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]";

    @Test
    void known_answers_of_the_facts_are_reproduced() {
        assertThat(HubSpotSignatures.v1(SECRET, BODY))
                .isEqualTo("232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de");
        assertThat(HubSpotSignatures.v2(SECRET, "GET", URI, ""))
                .isEqualTo("eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e");
        assertThat(HubSpotSignatures.v2(SECRET, "POST", URI, "{\"example_field\":\"example_value\"}"))
                .isEqualTo("9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900");
        assertThat(HubSpotSignatures.v3(SECRET, "POST", URI, BODY, 1708986599647L))
                .isEqualTo("wMD9Cz7VvLNd186L+0wDKq0G2WIeCAGIaoXZXt+Lr7o=");
    }

    @Test
    void only_the_named_escapes_are_decoded() {
        assertThat(HubSpotSignatures.decoded("https://x/a%2Fb%20c?q=%3f%26%e9"))
                .isEqualTo("https://x/a/b%20c?q=?%26%e9");
        assertThat(HubSpotSignatures.decoded("https://x/%")).isEqualTo("https://x/%");
    }
}
