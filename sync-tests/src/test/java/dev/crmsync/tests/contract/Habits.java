package dev.crmsync.tests.contract;

import dev.crmsync.testkit.adapter.AdapterContract;
import dev.crmsync.testkit.adapter.TestAccount;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A stand-in that is as the vendor may be where its documents leave it open.
 *
 * @param vendor the vendor's name
 * @param accounts opens an account at the stand-in
 * @param dials the dials that are turned
 */
record Habits(String vendor, Supplier<SandboxAccount> accounts, Map<String, ?> dials) {
    static Habits kirim(Map<String, ?> dials) {
        return new Habits("kirim", KirimContactsAccount::new, dials);
    }

    static Habits hubSpot(Map<String, ?> dials) {
        return new Habits("hubspot", () -> new HubSpotAccount(false), dials);
    }

    static Habits pipedrive(Map<String, ?> dials) {
        return new Habits("pipedrive", () -> new PipedriveAccount(false), dials);
    }

    AdapterContract contract() {
        return new AdapterContract() {
            @Override
            protected TestAccount open() {
                SandboxAccount account = accounts.get();
                account.admin.turn(dials);
                return account;
            }
        };
    }

    @Override
    public String toString() {
        return vendor + " with " + dials;
    }
}
