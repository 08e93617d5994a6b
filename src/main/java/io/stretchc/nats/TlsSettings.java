package io.stretchc.nats;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** TLS from PEM files. */
final class TlsSettings {
    private static final char[] NO_PASSWORD = new char[0];

    private TlsSettings() {}

    static SSLContext context(TlsFiles files) throws LoginFault {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(files), trust(files), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new LoginFault("TLS cannot be set up with these files.");
        }
    }

    private static TrustManager[] trust(TlsFiles files) throws GeneralSecurityException, IOException, LoginFault {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = null;
        if (files.ca() != null) {
            store = empty();
            int i = 0;
            for (Certificate c : certificates("certificate authority", files.ca())) {
                store.setCertificateEntry("ca" + i++, c);
            }
        }
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] keys(TlsFiles files) throws GeneralSecurityException, IOException, LoginFault {
        if (files.cert() == null && files.key() == null) {
            return new KeyManager[0];
        }
        if (files.cert() == null || files.key() == null) {
            throw new LoginFault("A TLS certificate and its key go together; one of them is missing.");
        }
        List<Certificate> chain = certificates("certificate", files.cert());
        PrivateKey key = key(files.key());
        KeyStore store = empty();
        store.setKeyEntry("key", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(String what, String path) throws LoginFault {
        String text = TextFile.read(what, path);
        try {
            return Pem.certificates(text);
        } catch (GeneralSecurityException e) {
            throw TextFile.unreadable(what, path, reason(e, "it holds no certificate that can be read"));
        }
    }

    private static PrivateKey key(String path) throws LoginFault {
        String text = TextFile.read("private key", path);
        try {
            return Pem.key(text);
        } catch (GeneralSecurityException e) {
            throw TextFile.unreadable("private key", path, reason(e, "it holds no key that can be read"));
        }
    }

    /** Our own words, which begin with "it"; those of Java say nothing to an operator. */
    private static String reason(GeneralSecurityException e, String otherwise) {
        String message = e.getMessage();
        return message != null && e.getClass() == GeneralSecurityException.class ? message : otherwise;
    }
}
