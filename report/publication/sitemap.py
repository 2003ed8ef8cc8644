"""What crawlers ask a published site for: sitemap.xml and robots.txt, which name absolute addresses."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from report.pages.citation import Citations
from report.pages.context import SiteContext, SitePages
from report.publication import Files

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def crawler_files(context: SiteContext, site: SitePages) -> Files:
    """The pages' addresses and where the list of them is; nothing of a site without an address or within another's."""
    base = context.settings.base_url
    if not base or context.is_within:
        return {}
    date = Citations(context.settings, context.edition, context.words).date
    root = ET.Element("urlset", xmlns=NAMESPACE)
    for page in site.pages:
        address = ET.SubElement(root, "url")
        ET.SubElement(address, "loc").text = base + ("" if page.path == "index.html" else page.path)
        if date:
            ET.SubElement(address, "lastmod").text = date
    ET.indent(root, " ")
    sitemap = ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    robots = f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"
    return {"sitemap.xml": sitemap, "robots.txt": robots.encode()}
