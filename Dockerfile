# One image for all processes of the store; docker-compose.yml says which runs where.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN for project in Api Workers Cli; do \
      dotnet publish "src/$project" -c Release -o "/app/$(echo "$project" | tr A-Z a-z)" || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
RUN ln -s /app/cli/CasStore.Cli /usr/local/bin/casstore \
 && install -d -m 0700 -o "$APP_UID" -g "$APP_UID" /data
ENV CASSTORE_DATA=/data \
    CASSTORE_LISTEN=http://0.0.0.0:9000 \
    CASSTORE_CONSOLE_LISTEN=http://0.0.0.0:9001
USER $APP_UID
VOLUME /data
EXPOSE 9000 9001
CMD ["/app/api/CasStore.Api"]
