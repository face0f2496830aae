package dev.crmsync.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A vendor's end of the wire: it hears one request on each connection and does with the socket what a test says. */
final class Vendor implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    final List<String> heard = new CopyOnWriteArrayList<>();

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket door;

    /** What becomes of a request. */
    interface Deed {
        void on(Socket connection, String request) throws IOException;
    }

    Vendor(Deed deed) {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(() -> {
            while (true) {
                Socket connection = door.accept();
                open.add(connection);
                start(() -> {
                    String request = request(connection.getInputStream());
                    heard.add(request);
                    deed.on(connection, request);
                });
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // The other end, or the test, has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String request(InputStream wire) throws IOException {
        InputStream in = new BufferedInputStream(wire);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.write(next);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.UTF_8));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head.toString(StandardCharsets.UTF_8) + new String(body, StandardCharsets.UTF_8);
    }

    /** Answers every request so. */
    static Vendor answering(int status, String headers, String body) {
        return new Vendor((connection, request) -> say(connection, answer(status, headers, body)));
    }

    /** A whole answer; headers each end with a line feed. */
    static String answer(int status, String headers, String body) {
        return "HTTP/1.1 " + status + " x\r\n" + headers.replace("\n", "\r\n") + "Connection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static void say(Socket connection, String bytes) throws IOException {
        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    /** Closes the connection so that the other end sees it reset. */
    static void reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    String url() {
        return "http://127.0.0.1:" + door.getLocalPort() + "/v1";
    }

    HttpApi.Builder api() {
        return HttpApi.at("crm", url());
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket connection : open) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
