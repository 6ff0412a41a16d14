/** Writes fields of a protocol buffer message, as far as event files need them. */
export class ProtobufWriter {
  readonly #bytes: number[] = [];

  /** A whole number from 0 to 2^53 - 1. */
  integer(field: number, value: number): this {
    return this.#key(field, 0).#varint(value);
  }

  double(field: number, value: number): this {
    this.#key(field, 1);
    this.#append(new Uint8Array(Float64Array.of(value).buffer));
    return this;
  }

  float(field: number, value: number): this {
    this.#key(field, 5);
    this.#append(new Uint8Array(Float32Array.of(value).buffer));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.#key(field, 2).#varint(value.length);
    this.#append(value);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, write: (message: ProtobufWriter) => void): this {
    const message = new ProtobufWriter();
    write(message);
    return this.bytes(field, message.finish());
  }

  /** Repeated doubles, packed. */
  doubles(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(Float64Array.from(values).buffer));
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  #key(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
    return this;
  }

  #append(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }
}
