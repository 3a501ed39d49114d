# The program alone: a static binary, no shell, no user but one without rights.
#
#     docker build -t sinew .
#     docker run --rm --network none -v "$PWD:/stack" sinew report stack.yaml -o out
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked

FROM scratch
COPY --from=build /src/target/release/sinew /sinew
USER 65532:65532
WORKDIR /stack
ENTRYPOINT ["/sinew"]
