package io.capbench.engine.llama;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** The model's formulas in plain Java and double precision, one token after another. */
final class ReferenceLlama {
  private final RandomLlama weights;
  private final LlamaConfig config;

  ReferenceLlama(RandomLlama weights, LlamaConfig config) {
    this.weights = weights;
    this.config = config;
  }

  /** Logits [N * V] of a text. */
  double[] logits(List<Integer> tokens) {
    return logits(tokens, position -> tokens.size());
  }

  /** As {@link #logits(List)}, with the length that each token's position is stretched for. */
  double[] logits(List<Integer> tokens, IntUnaryOperator lengths) {
    int width = config.sizes().width();
    double[][] x = new double[tokens.size()][];
    for (int n = 0; n < x.length; n++) {
      x[n] = new double[width];
      for (int i = 0; i < width; i++) {
        x[n][i] = weights.weight(LlamaTensors.TABLE)[tokens.get(n) * width + i];
      }
    }
    for (int layer = 0; layer < config.sizes().layers(); layer++) {
      layer(LlamaTensors.layer(layer), x, lengths);
    }
    double[] logits = new double[x.length * config.sizes().vocabulary()];
    String head = config.tiedHead() ? LlamaTensors.TABLE : LlamaTensors.HEAD + ".weight";
    for (int n = 0; n < x.length; n++) {
      double[] row = product(weights.weight(head), norm(LlamaTensors.NORM, x[n]));
      System.arraycopy(row, 0, logits, n * row.length, row.length);
    }
    return logits;
  }

  private void layer(String name, double[][] x, IntUnaryOperator lengths) {
    LlamaConfig.Attention shape = config.attention();
    int c = shape.headSize();
    int n = x.length;
    double[][] q = new double[n][];
    double[][] k = new double[n][];
    double[][] v = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] h = norm(name + "input_layernorm.weight", x[i]);
      q[i] = turned(linear(name + "self_attn.q_proj", h), i, lengths.applyAsInt(i));
      k[i] = turned(linear(name + "self_attn.k_proj", h), i, lengths.applyAsInt(i));
      v[i] = linear(name + "self_attn.v_proj", h);
    }
    for (int i = 0; i < n; i++) {
      double[] mixed = new double[shape.heads() * c];
      for (int head = 0; head < shape.heads(); head++) {
        int group = head / (shape.heads() / shape.keyHeads());
        double[] weight = new double[i + 1];
        double sum = 0;
        for (int j = 0; j <= i; j++) {
          double dot = 0;
          for (int a = 0; a < c; a++) {
            dot += q[i][head * c + a] * k[j][group * c + a];
          }
          weight[j] = Math.exp(dot / Math.sqrt(c));
          sum += weight[j];
        }
        for (int j = 0; j <= i; j++) {
          for (int a = 0; a < c; a++) {
            mixed[head * c + a] += weight[j] / sum * v[j][group * c + a];
          }
        }
      }
      add(x[i], linear(name + "self_attn.o_proj", mixed));
      double[] h = norm(name + "post_attention_layernorm.weight", x[i]);
      double[] gate = linear(name + "mlp.gate_proj", h);
      double[] up = linear(name + "mlp.up_proj", h);
      for (int a = 0; a < up.length; a++) {
        up[a] *= gate[a] / (1 + Math.exp(-gate[a]));
      }
      add(x[i], linear(name + "mlp.down_proj", up));
    }
  }

  private double[] turned(double[] x, int position, int length) {
    int c = config.attention().headSize();
    float[] frequencies = config.rope().frequencies(c, length);
    double[] y = x.clone();
    for (int start = 0; start < x.length; start += c) {
      for (int i = 0; i < c / 2; i++) {
        double angle = (double) position * frequencies[i];
        double a = x[start + i];
        double b = x[start + i + c / 2];
        y[start + i] = a * Math.cos(angle) - b * Math.sin(angle);
        y[start + i + c / 2] = b * Math.cos(angle) + a * Math.sin(angle);
      }
    }
    return y;
  }

  private double[] norm(String name, double[] x) {
    double square = 0;
    for (double number : x) {
      square += number * number / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i] / Math.sqrt(square + config.normEpsilon()) * weights.weight(name)[i];
    }
    return y;
  }

  private double[] linear(String name, double[] x) {
    double[] y = product(weights.weight(name + ".weight"), x);
    float[] bias = weights.weight(name + ".bias");
    for (int i = 0; bias != null && i < y.length; i++) {
      y[i] += bias[i];
    }
    return y;
  }

  private static double[] product(float[] w, double[] x) {
    double[] y = new double[w.length / x.length];
    for (int i = 0; i < w.length; i++) {
      y[i / x.length] += w[i] * x[i % x.length];
    }
    return y;
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}
