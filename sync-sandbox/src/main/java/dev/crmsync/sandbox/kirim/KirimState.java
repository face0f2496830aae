package dev.crmsync.sandbox.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that one Kirim organisation holds; plain fields, so that a snapshot is this and nothing else. */
final class KirimState {
    /** How many ids were minted, so that a restart mints no id twice. */
    long minted;

    final Map<String, Account> accounts = new LinkedHashMap<>();
    final Map<String, Contact> contacts = new LinkedHashMap<>();
    final Map<String, Label> labels = new LinkedHashMap<>();
    final Map<String, User> users = new LinkedHashMap<>();
    final Map<String, Conversation> conversations = new LinkedHashMap<>();
    final Map<String, Message> messages = new LinkedHashMap<>();
    final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    final Map<String, Kept> idempotency = new LinkedHashMap<>();

    /** A phone number of the organisation. */
    static final class Account {
        String phoneId = "";
        String display = "";
        String name = "";
    }

    static final class Contact {
        String id = "";
        String phoneId = "";
        String phoneNumber = "";

        @Nullable String name;

        @Nullable String email;

        Map<String, JsonNode> metadata = new LinkedHashMap<>();
        Set<String> labels = new LinkedHashSet<>();

        @Nullable String teamId;

        String acquisitionSource = "api";
        long createdAt;
        long updatedAt;
    }

    static final class Label {
        String id = "";
        String name = "";
        String color = "gray";

        @Nullable String teamId;

        long createdAt;
        long updatedAt;
    }

    /** A member of the team. */
    static final class User {
        String id = "";
        String name = "";

        @Nullable String email;

        @Nullable String teamId;
    }

    static final class Conversation {
        String id = "";
        String phoneId = "";
        String contactId = "";
        String status = "open";

        @Nullable String assignee;

        int unread;
        /** Milliseconds; 0 for never. */
        long lastMessageAt;

        long lastInboundAt;
        long createdAt;
        long updatedAt;
    }

    static final class Message {
        String id = "";
        String conversationId = "";
        boolean inbound;
        String text = "";
        long createdAt;
    }

    static final class Subscription {
        String id = "";
        String url = "";
        String status = "active";
        List<String> events = new ArrayList<>();

        @Nullable String description;

        List<Secret> secrets = new ArrayList<>();
        int failedInRow;
        long createdAt;
        long updatedAt;

        boolean active() {
            return status.equals("active");
        }
    }

    static final class Secret {
        String id = "";
        String value = "";
        long createdAt;
        /** Milliseconds; 0 for never. */
        long expiresAt;

        boolean active(long nowMs) {
            return expiresAt == 0 || expiresAt > nowMs;
        }
    }

    /** An answer kept under an idempotency key. */
    static final class Kept {
        String fingerprint = "";
        int status;
        String body = "";
        long until;
    }

    void clear() {
        accounts.clear();
        contacts.clear();
        labels.clear();
        users.clear();
        conversations.clear();
        messages.clear();
        subscriptions.clear();
        idempotency.clear();
    }
}
