package io.stretchc.nats;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as openssl writes them: PKCS#8, PKCS#1 ("RSA PRIVATE KEY") and SEC 1 ("EC PRIVATE KEY"). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s:,-]*?)-----END \\1-----");
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private Pem() {}

    /** A block and its Base64. */
    private record Block(String label, String body) {
        byte[] bytes() throws GeneralSecurityException {
            try {
                return Base64.getMimeDecoder().decode(body);
            } catch (IllegalArgumentException e) {
                throw new GeneralSecurityException("it is not Base64", e);
            }
        }
    }

    /** The certificates of a file, in their order. */
    static List<Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        var all = new ArrayList<Certificate>();
        for (Block block : blocks(text)) {
            if (block.label().endsWith("CERTIFICATE")) {
                all.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
            }
        }
        if (all.isEmpty()) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        return all;
    }

    /** The key of a file. */
    static PrivateKey key(String text) throws GeneralSecurityException {
        for (Block block : blocks(text)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.bytes());
                }
                case "RSA PRIVATE KEY" -> {
                    if (text.contains("DEK-Info:")) {
                        throw encrypted();
                    }
                    return pkcs8(Der.sequence(Der.ZERO, RSA, Der.octets(block.bytes())));
                }
                case "EC PRIVATE KEY" -> {
                    if (text.contains("DEK-Info:")) {
                        throw encrypted();
                    }
                    byte[] algorithm = Der.sequence(EC, Der.curve(block.bytes()));
                    return pkcs8(Der.sequence(Der.ZERO, algorithm, Der.octets(block.bytes())));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw encrypted();
                default -> {
                    // certificates and curve parameters may stand in the same file
                }
            }
        }
        throw new GeneralSecurityException("it holds no private key");
    }

    private static GeneralSecurityException encrypted() {
        return new GeneralSecurityException("the key is encrypted; write it without a passphrase");
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        var spec = new PKCS8EncodedKeySpec(der);
        for (String algorithm : List.of("EC", "RSA", "Ed25519", "RSASSA-PSS")) {
            Optional<PrivateKey> key = key(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new GeneralSecurityException("its key is of a kind that Java does not know");
    }

    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }

    private static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        Matcher m = BLOCK.matcher(text);
        while (m.find()) {
            blocks.add(new Block(m.group(1), m.group(2)));
        }
        return blocks;
    }
}
