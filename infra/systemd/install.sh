#!/bin/sh
# Installs or upgrades Seedlot on this Debian host, as root: install.sh FOLDER, where `dotnet publish` wrote the program.
set -eu
published=${1:?Name the folder that dotnet publish wrote.}
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$published/Lms.Web" ] || { echo "$published holds no program: publish it first." >&2; exit 1; }

# Beside the old one and then in its place, so that no half-copied program is ever started.
new=/opt/seedlot.new
rm -rf "$new"
mkdir -p "$new/infra"
cp -r "$published/." "$new/"
cp -r "$here/../../content" "$new/content"
cp "$here/../README.md" "$here/../backup.sh" "$new/infra/"
chown -R root:root "$new"
chmod -R go+rX,go-w "$new"

install -D -m 644 "$here/seedlot.sysusers" /usr/lib/sysusers.d/seedlot.conf
install -D -m 644 "$here/seedlot.tmpfiles" /usr/lib/tmpfiles.d/seedlot.conf
install -m 644 "$here/seedlot.service" "$here/seedlot-backup.service" "$here/seedlot-backup.timer" /etc/systemd/system/
install -m 755 "$here/seedlot" /usr/local/bin/seedlot
systemd-sysusers seedlot.conf
systemd-tmpfiles --create seedlot.conf
[ -e /etc/seedlot/settings ] || install -m 644 "$here/settings" /etc/seedlot/settings
systemctl daemon-reload
systemctl stop seedlot.service
rm -rf /opt/seedlot
mv "$new" /opt/seedlot
if systemctl is-enabled --quiet seedlot.service; then
  systemctl start seedlot.service
else
  echo "Set LMS__PublicUrl in /etc/seedlot/settings, then: systemctl enable --now seedlot seedlot-backup.timer"
fi
